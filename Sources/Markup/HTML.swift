/// A piece of a page, kept as the bytes that will be sent.
///
/// What is written in the source is markup; what is interpolated is data and is escaped on its way in. Another
/// `HTML` joins as it is. Bytes rather than a `String`, because a page is written once and sent: escaping byte by
/// byte costs microseconds where searching and replacing in strings costs most of a millisecond.
///
/// A page is put together from pieces within pieces. A short one is copied into what it stands in; a long one, such as a
/// list, is only pointed to, and so is copied once however deep it stands: when the page is sent.
public struct HTML: Sendable {
    /// What is written here, in UTF-8, without the long pieces.
    private var own: [UInt8] = []
    /// The long pieces, in their order.
    private var long: [Long] = []

    /// A piece, and how many of the own bytes stand before it.
    private struct Long: Sendable {
        let place: Int
        let bytes: [UInt8]
    }

    /// A piece of so many bytes is rather pointed to than copied again and again.
    private static let longest = 2_000

    /// Nothing at all.
    public static let empty = HTML()

    /// Starts with nothing written.
    public init() {}

    /// How many bytes it has.
    public var count: Int { long.reduce(own.count) { $0 + $1.bytes.count } }

    /// The markup in UTF-8.
    public var bytes: [UInt8] {
        guard !long.isEmpty else { return own }
        var all: [UInt8] = []
        all.reserveCapacity(count)
        write { all.append(contentsOf: $0) }
        return all
    }

    /// Gives the bytes in their order, in as many runs as they lie in.
    public func write(_ take: (UnsafeRawBufferPointer) -> Void) {
        own.withUnsafeBytes { own in
            var done = 0
            for piece in long {
                if done < piece.place { take(UnsafeRawBufferPointer(rebasing: own[done..<piece.place])) }
                piece.bytes.withUnsafeBytes(take)
                done = piece.place
            }
            if done < own.count { take(UnsafeRawBufferPointer(rebasing: own[done...])) }
        }
    }

    /// What somebody said, escaped so that it can only ever be text.
    public init(text: String) {
        self.init()
        append(text: text)
    }

    /// Whether nothing has been written.
    public var isEmpty: Bool { own.isEmpty && long.isEmpty }

    /// The markup as a string, for tests and for messages.
    public var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Adds another piece after this one.
    public mutating func append(_ other: HTML) {
        for piece in other.long { long.append(Long(place: own.count + piece.place, bytes: piece.bytes)) }
        if other.long.isEmpty, other.own.count >= Self.longest {
            long.append(Long(place: own.count, bytes: other.own))
        } else {
            own.append(contentsOf: other.own)
        }
    }

    /// Adds text that somebody gave, escaped.
    public mutating func append(text: some StringProtocol) { Escaping.write(text, to: &own) }

    /// Adds text that somebody gave, escaped.
    mutating func append(escaping text: Slice<UnsafeBufferPointer<UInt8>>) {
        Escaping.write(UnsafeBufferPointer(rebasing: text), to: &own)
    }

    /// Adds markup that stands in the source, without making a piece of it first.
    public mutating func append(markup: StaticString) { own.append(markup) }

    /// Adds markup that is already safe. Only `\(trusting:)` comes here.
    fileprivate mutating func append(trusting markup: String) {
        var markup = markup
        markup.withUTF8 { own.append(contentsOf: $0) }
    }

    /// Adds a plain number.
    fileprivate mutating func append(number: Int) {
        if (0...9).contains(number) {
            own.append(UInt8(ascii: "0") + UInt8(number))
        } else {
            append(trusting: String(number))
        }
    }

    /// Adds pieces one after another, making room for all of them at once.
    mutating func append(contentsOf pieces: [HTML]) {
        var all = HTML()
        all.own.reserveCapacity(pieces.reduce(0) { $0 + $1.count })
        for piece in pieces { piece.write { all.own.append(contentsOf: $0) } }
        append(all)
    }

    /// Adds so many characters that need no escaping.
    fileprivate mutating func append(plain count: Int, _ write: (UnsafeMutableRawBufferPointer) -> Void) {
        withUnsafeTemporaryAllocation(byteCount: count, alignment: 1) { room in
            write(room)
            own.append(contentsOf: room)
        }
    }

    /// Adds another piece after this one.
    public static func += (page: inout HTML, other: HTML) { page.append(other) }

    /// One piece after another.
    public static func + (first: HTML, second: HTML) -> HTML {
        var page = first
        page.append(second)
        return page
    }
}

extension HTML: Equatable {
    public static func == (one: HTML, other: HTML) -> Bool { one.bytes == other.bytes }
}

extension Sequence<HTML> {
    /// The pieces one after another, with `separator` between them.
    public func joined(separator: HTML = .empty) -> HTML {
        var page = HTML()
        for (place, piece) in enumerated() {
            if place > 0 { page.append(separator) }
            page.append(piece)
        }
        return page
    }
}

extension HTML: CustomStringConvertible {
    public var description: String { string }
}

extension HTML: ExpressibleByStringInterpolation {
    public init(stringLiteral markup: StaticString) {
        self.init()
        append(markup: markup)
    }

    public init(stringInterpolation written: StringInterpolation) { self = written.page }

    /// What may stand inside `\( )` in markup, and what becomes of it.
    ///
    /// A type with no overload here doesn't compile inside a page, so nothing is ever shown by accident.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var page = HTML()

        /// About how many bytes a value brings, so that most pieces are written without growing.
        private static let usualValue = 96

        public init(literalCapacity: Int, interpolationCount: Int) {
            page.own.reserveCapacity(literalCapacity + interpolationCount * Self.usualValue)
        }

        public mutating func appendLiteral(_ markup: StaticString) { page.append(markup: markup) }

        /// Text, escaped.
        public mutating func appendInterpolation(_ text: String) { page.append(text: text) }

        /// Text, escaped.
        public mutating func appendInterpolation(_ text: Substring) { page.append(text: text) }

        /// Text, escaped; nothing when there is none.
        public mutating func appendInterpolation(_ text: String?) {
            if let text { page.append(text: text) }
        }

        /// A plain number, for attributes and machines. People read `Words.number`.
        public mutating func appendInterpolation(_ number: Int) { page.append(number: number) }

        /// A plain number, for attributes and machines. People read `Words.number`.
        public mutating func appendInterpolation(_ number: Int64) { page.append(number: Int(number)) }

        /// What somebody said, as they laid it out (`HTML.init(paragraphs:)`).
        public mutating func appendInterpolation(paragraphs text: String) { page.append(paragraphs: text) }

        /// Another piece, as it is.
        public mutating func appendInterpolation(_ piece: HTML) { page.append(piece) }

        /// Another piece, as it is; nothing when there is none.
        public mutating func appendInterpolation(_ piece: HTML?) {
            if let piece { page.append(piece) }
        }

        /// Pieces, one after another.
        public mutating func appendInterpolation(_ pieces: [HTML]) {
            page.append(contentsOf: pieces)
        }

        /// The one way to write markup that isn't a literal. It escapes nothing: give it only what this house made.
        public mutating func appendInterpolation(trusting markup: String) { page.append(trusting: markup) }

        /// So many characters that need no escaping, as digits and hyphens don't, written straight into the page.
        public mutating func appendInterpolation(
            plain count: Int, _ write: (UnsafeMutableRawBufferPointer) -> Void
        ) {
            page.append(plain: count, write)
        }

        /// ` name="value"`, escaped; nothing when there is no value.
        public mutating func appendInterpolation(attribute name: StaticString, _ value: String?) {
            guard let value else { return }
            page.append(markup: " ")
            page.append(markup: name)
            page.append(markup: "=\"")
            page.append(text: value)
            page.append(markup: "\"")
        }

        /// ` name="value"` for a number; nothing when there is none.
        public mutating func appendInterpolation(attribute name: StaticString, _ value: Int?) {
            appendInterpolation(attribute: name, value.map { String($0) })
        }

        /// ` name` when it holds, as in `required` and `checked`; nothing when it doesn't.
        public mutating func appendInterpolation(flag name: StaticString, _ holds: Bool) {
            guard holds else { return }
            page.append(markup: " ")
            page.append(markup: name)
        }
    }
}
