/// Writes JSON as Python's `json` does with an indent of four, which is how the kept answers of Polis are written.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []

    /// A list of objects, each on lines of its own.
    mutating func list<Item>(_ items: [Item], _ fields: (inout JSONWriter, Item) -> Void) {
        guard !items.isEmpty else {
            bytes += "[]".utf8
            return
        }
        bytes += "[\n".utf8
        for (index, item) in items.enumerated() {
            bytes += (index == 0 ? "    {" : ",\n    {").utf8
            isFirst = true
            fields(&self, item)
            bytes += "\n    }".utf8
        }
        bytes += "\n]".utf8
    }

    private var isFirst = true

    /// A name and its value, which is JSON already.
    mutating func field(_ name: String, _ value: String) {
        bytes += "\(isFirst ? "" : ",")\n        \"\(name)\": \(value)".utf8
        isFirst = false
    }

    /// A text in quotes, with everything that is not ASCII written by backslashes.
    static func text(_ text: String) -> String {
        var quoted = "\""
        for unit in text.utf16 {
            switch unit {
            case 0x22: quoted += "\\\""
            case 0x5C: quoted += "\\\\"
            case 0x0A: quoted += "\\n"
            case 0x0D: quoted += "\\r"
            case 0x09: quoted += "\\t"
            case 0x08: quoted += "\\b"
            case 0x0C: quoted += "\\f"
            case 0x20..<0x7F: quoted.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            default:
                let digits = String(unit, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return quoted + "\""
    }
}
