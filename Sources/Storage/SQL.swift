/// A query whose values travel apart from its words.
///
/// The words can only come from literals in the source: even a `String` held in a constant is bound as a value.
public struct SQL: ExpressibleByStringInterpolation, Sendable {
    /// More values than this in one statement is a list that should be a join, and is refused as a fault.
    /// SQLite's own limit is 32,766.
    public static let mostValues = 32_000
    /// Lists up to this long share prepared statements; longer ones are rare, and would waste what they fill.
    static let longestSharedList = 1024

    enum Piece: Sendable {
        case words(StaticString)
        case value(Bound)
    }

    var pieces: [Piece]

    public init(stringLiteral words: StaticString) {
        pieces = [.words(words)]
    }

    public init(stringInterpolation made: StringInterpolation) {
        pieces = made.pieces
    }

    init(pieces: [Piece]) {
        self.pieces = pieces
    }

    /// What a literal with values in it is put together with, piece by piece.
    public struct StringInterpolation: StringInterpolationProtocol {
        var pieces: [Piece] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            pieces.reserveCapacity(2 * interpolationCount + 1)
        }

        public mutating func appendLiteral(_ words: StaticString) {
            pieces.append(.words(words))
        }

        /// A value, bound.
        public mutating func appendInterpolation<Given: Storable>(_ value: Given) {
            pieces.append(.value(Bound(value)))
        }

        /// A value that may be missing, bound; missing is null.
        public mutating func appendInterpolation<Given: Storable>(_ value: Given?) {
            pieces.append(.value(value.map(Bound.init) ?? Bound(value: .null, kind: Given.kind)))
        }

        /// A value read from one column to be kept in another, as a copy of a whole table needs.
        public mutating func appendInterpolation(_ value: Value) {
            pieces.append(.value(Bound(value: value, kind: value.kind)))
        }

        /// Another piece of a query, joined with its values.
        public mutating func appendInterpolation(_ fragment: SQL) {
            pieces += fragment.pieces
        }

        /// A list of values in brackets, to stand after `in`. None at all is a list that nothing is in.
        public mutating func appendInterpolation<Given: Storable>(list values: [Given]) {
            guard let last = values.last else {
                pieces.append(.words(Given.kind.emptyList))
                return
            }
            // Filled up to a power of two with the last value again, so that lists of every length
            // share a few prepared statements.
            let bound = values.map(Bound.init)
            let length = values.count <= SQL.longestSharedList ? values.count.nextPowerOfTwo : values.count
            let filled = bound + Array(repeating: Bound(last), count: length - values.count)
            pieces.append(.words("("))
            for (place, value) in filled.enumerated() {
                if place > 0 { pieces.append(.words(",")) }
                pieces.append(.value(value))
            }
            pieces.append(.words(")"))
        }
    }

    /// The query as the engines read it, `$1`, `$2` and on, with the values in that order.
    func spelled() -> (text: String, values: [Bound]) {
        var text = ""
        var values: [Bound] = []
        for piece in pieces {
            switch piece {
            case .words(let words):
                words.withUTF8Buffer { text += String(decoding: $0, as: UTF8.self) }
            case .value(let value):
                values.append(value)
                text += "$\(values.count)"
            }
        }
        return (text, values)
    }
}

extension SQL {
    /// What a query says, values aside: where each piece of its words stands in the program, and how many values
    /// stand between. Two queries of one shape are spelled alike, and this is found without spelling them.
    struct Shape: Hashable {
        let places: [UInt]
    }

    /// Whether no more values stand in it than `mostValues`. Most queries are too short to need counting.
    var holdsFewEnough: Bool {
        guard pieces.count > Self.mostValues else { return true }
        return pieces.count { if case .value = $0 { true } else { false } } <= Self.mostValues
    }

    var shape: Shape {
        Shape(places: pieces.map { $0.place })
    }
}

extension SQL.Piece {
    /// 0 for a value, which no address is.
    fileprivate var place: UInt {
        switch self {
        case .value: 0
        case .words(let words):
            words.hasPointerRepresentation ? UInt(bitPattern: words.utf8Start) : UInt(words.unicodeScalar.value)
        }
    }
}

extension Sequence<SQL> {
    /// The pieces one after another with something between: `conditions.joined(by: " and ")`.
    public func joined(by between: SQL) -> SQL {
        var pieces: [SQL.Piece] = []
        for (place, piece) in enumerated() {
            if place > 0 { pieces += between.pieces }
            pieces += piece.pieces
        }
        return SQL(pieces: pieces)
    }
}

/// A value on its way into a statement, with what it would have been if it is missing.
struct Bound: Sendable {
    let value: Value
    let kind: Value.Kind?
}

extension Bound {
    init<Given: Storable>(_ given: Given) {
        let value = given.stored
        precondition(value.kind == Given.kind, "\(Given.self) says that it is kept as \(Given.kind), and is not")
        self.init(value: value, kind: Given.kind)
    }
}

extension Value.Kind {
    /// PostgreSQL needs a type even where there is no value.
    fileprivate var emptyList: StaticString {
        switch self {
        case .integer: "(select cast(null as bigint) where 1 = 0)"
        case .real: "(select cast(null as double precision) where 1 = 0)"
        case .text: "(select cast(null as text) where 1 = 0)"
        case .blob: "(select cast(null as bytea) where 1 = 0)"
        }
    }
}

extension Int {
    fileprivate var nextPowerOfTwo: Int {
        self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount)
    }
}
