/// One value as both engines keep it.
public enum Value: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])

    /// What a value is kept as.
    public enum Kind: String, Sendable, Codable {
        case integer, real, text, blob
    }

    /// What this value is kept as; nothing for a null.
    public var kind: Kind? {
        switch self {
        case .null: nil
        case .integer: .integer
        case .real: .real
        case .text: .text
        case .blob: .blob
        }
    }
}

/// Something that can be kept in a column and read back.
public protocol Storable: Sendable {
    /// What it is always kept as. PostgreSQL asks even when the value is missing.
    /// Text unless a type says otherwise; `SQL` checks that it is true of every value bound.
    static var kind: Value.Kind { get }
    /// The value as it is kept; never `.null`, since a missing value is an optional.
    var stored: Value { get }
    /// The thing that was kept, or nothing when the value could not have come from this type.
    init?(stored: Value)
    /// The same, made where the value lies. A type that pages read by the hundred does without a `Value` between.
    init?(_ cell: Cell)
}

extension Storable {
    public static var kind: Value.Kind { .text }

    @inlinable
    public init?(_ cell: Cell) { self.init(stored: cell.value) }
}

extension Storable where Self: RawRepresentable, RawValue: Storable {
    public static var kind: Value.Kind { RawValue.kind }
    public var stored: Value { rawValue.stored }

    public init?(stored: Value) {
        guard let raw = RawValue(stored: stored) else { return nil }
        self.init(rawValue: raw)
    }

    public init?(_ cell: Cell) {
        guard let raw = RawValue(cell) else { return nil }
        self.init(rawValue: raw)
    }
}

extension String: Storable {
    public var stored: Value { .text(self) }

    public init?(stored: Value) {
        guard case .text(let text) = stored else { return nil }
        self = text
    }

    public init?(_ cell: Cell) {
        guard let text = cell.text else { return nil }
        self.init(decoding: text, as: UTF8.self)
    }
}

extension Int64: Storable {
    public static var kind: Value.Kind { .integer }
    public var stored: Value { .integer(self) }

    public init?(stored: Value) {
        guard case .integer(let number) = stored else { return nil }
        self = number
    }

    public init?(_ cell: Cell) {
        guard let number = cell.integer else { return nil }
        self = number
    }
}

extension Int: Storable {
    public static var kind: Value.Kind { .integer }
    public var stored: Value { .integer(Int64(self)) }

    public init?(stored: Value) {
        guard case .integer(let number) = stored else { return nil }
        self.init(exactly: number)
    }

    public init?(_ cell: Cell) {
        guard let number = cell.integer else { return nil }
        self.init(exactly: number)
    }
}

/// Kept as 0 or 1 on both engines, so that one query serves both.
extension Bool: Storable {
    public static var kind: Value.Kind { .integer }
    public var stored: Value { .integer(self ? 1 : 0) }

    public init?(stored: Value) {
        switch stored {
        case .integer(0): self = false
        case .integer(1): self = true
        default: return nil
        }
    }

    public init?(_ cell: Cell) {
        switch cell.integer {
        case 0: self = false
        case 1: self = true
        default: return nil
        }
    }
}

extension Double: Storable {
    public static var kind: Value.Kind { .real }
    public var stored: Value { .real(self) }

    /// A whole number is also read as a `Double`: SQLite gives `sum` and `avg` of whole numbers either way.
    public init?(stored: Value) {
        switch stored {
        case .real(let number): self = number
        case .integer(let number): self = Double(number)
        default: return nil
        }
    }
}

extension [UInt8]: Storable {
    public static var kind: Value.Kind { .blob }
    public var stored: Value { .blob(self) }

    public init?(stored: Value) {
        guard case .blob(let bytes) = stored else { return nil }
        self = bytes
    }
}
