import Foundation

/// What a page's form sent: fields by name, each text as it was typed.
///
/// A form is kept whole when a rule refuses it, so that what was typed is shown again.
struct Form: Sendable {
    /// More fields than any page of ours has. Whoever leaves may say of several thousand things what becomes of each.
    static let mostFields = 5_000

    private(set) var fields: [String: [String]] = [:]
    private var added = 0

    init() {}

    init(_ fields: KeyValuePairs<String, String>) {
        for (name, value) in fields { self.fields[name, default: []].append(value) }
    }

    /// Reads `application/x-www-form-urlencoded`; nothing when it is no such text.
    init?(urlEncoded text: String) {
        var text = text
        guard let fields = text.withUTF8({ Self.fields(in: $0) }) else { return nil }
        self.fields = fields
    }

    private static func fields(in bytes: UnsafeBufferPointer<UInt8>) -> [String: [String]]? {
        var fields: [String: [String]] = [:]
        var (count, start) = (0, 0)
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "&")) ?? bytes.count
            defer { start = end + 1 }
            guard start < end else { continue }
            count += 1
            let equals = bytes[start..<end].firstIndex(of: UInt8(ascii: "=")) ?? end
            guard count <= mostFields, let name = decode(bytes[start..<equals]),
                let value = decode(bytes[min(equals + 1, end)..<end])
            else { return nil }
            fields[name, default: []].append(value)
        }
        return fields
    }

    /// Adds a field as it arrives; false when there are more than any page of ours has.
    mutating func add(_ name: String, _ value: String) -> Bool {
        fields[name, default: []].append(value)
        added += 1
        return added <= Self.mostFields
    }

    private static func decode(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
        let bytes = UnsafeBufferPointer(rebasing: bytes)
        guard bytes.contains(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "%") }) else {
            return String(validating: bytes, as: UTF8.self)
        }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count) { decoded in
            var (count, rest) = (0, bytes.makeIterator())
            while let byte = rest.next() {
                switch byte {
                case UInt8(ascii: "+"): decoded[count] = UInt8(ascii: " ")
                case UInt8(ascii: "%"):
                    guard let high = rest.next().flatMap(hexDigit), let low = rest.next().flatMap(hexDigit) else {
                        return nil
                    }
                    decoded[count] = high << 4 | low
                default: decoded[count] = byte
                }
                count += 1
            }
            return String(validating: UnsafeBufferPointer(rebasing: decoded[..<count]), as: UTF8.self)
        }
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }

    /// What was typed, untouched; empty when the field wasn't there.
    subscript(_ name: String) -> String {
        get { fields[name]?.first ?? "" }
        set { fields[name] = [newValue] }
    }

    func all(_ name: String) -> [String] { fields[name] ?? [] }

    /// Every field that somebody sent, in the order of their names, to be carried on by another page's form.
    var typed: [(name: String, value: String)] {
        fields.filter { $0.key != "guard" }.sorted { $0.key < $1.key }
            .flatMap { name, values in values.map { (name, $0) } }
    }
    func has(_ name: String) -> Bool { fields[name] != nil }

    /// A ticked box, or a pressed button.
    func ticked(_ name: String) -> Bool { !self[name].isEmpty }

    /// One line of text, cleaned.
    func line(_ name: String) -> String { Text.line(self[name]) }

    /// Several lines of text, cleaned.
    func lines(_ name: String) -> String { Text.lines(self[name]) }

    func id<Thing>(_ name: String, of: Thing.Type = Thing.self) -> ID<Thing>? { ID(self[name]) }

    func choice<Choice: RawRepresentable<String>>(_ name: String, as: Choice.Type = Choice.self) -> Choice? {
        Choice(rawValue: self[name])
    }

    /// A day from one field (`2026-11-30`) or from three (`-day`, `-month`, `-year`).
    func day(_ name: String) -> Day? {
        if let day = Day(line(name)) { return day }
        guard let day = Int(line("\(name)-day")), let month = Int(line("\(name)-month")),
            let year = Int(line("\(name)-year"))
        else { return nil }
        return Day(year: year, month: month, day: day)
    }
}
