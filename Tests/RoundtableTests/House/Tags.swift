/// The tags of a piece of a page, read as strictly as a browser reads loosely: enough to say whether it is well formed.
struct Tags {
    struct Tag {
        let name: String
        let attributes: [(name: String, value: String?)]
        /// The tags that it stands in, the outermost first.
        let within: [String]

        subscript(name: String) -> String? { attributes.first { $0.name == name }.flatMap { $0.value ?? "" } }
    }

    private(set) var tags: [Tag] = []
    /// What a reader sees, without the tags.
    private(set) var text = ""
    /// The first thing that is wrong, if anything is.
    private(set) var fault: String?

    private static let empty: Set = ["br", "hr", "img", "input", "link", "meta", "circle", "path", "rect", "wbr"]

    init(_ markup: String) {
        var open: [String] = []
        var rest = Substring(markup)
        while fault == nil, let start = rest.firstIndex(where: { $0 == "<" || $0 == ">" }) {
            text += rest[..<start]
            guard rest[start] == "<" else {
                fault = "a loose >"
                return
            }
            rest = rest[rest.index(after: start)...]
            if rest.first == "/" {
                let end = rest.firstIndex(of: ">") ?? rest.endIndex
                let name = String(rest.dropFirst()[..<end])
                guard open.popLast() == name else {
                    fault = "</\(name)> closes what is not open"
                    return
                }
                rest = rest[end...].dropFirst()
            } else {
                readTag(&rest, &open)
            }
        }
        text += rest
        if fault == nil, let left = open.last { fault = "<\(left)> is never closed" }
    }

    private mutating func readTag(_ rest: inout Substring, _ open: inout [String]) {
        let name = rest.prefix { $0.isLetter || $0.isNumber }
        rest = rest[name.endIndex...]
        guard !name.isEmpty else {
            fault = "a loose <"
            return
        }
        var attributes: [(name: String, value: String?)] = []
        while true {
            rest = rest.drop(while: \.isWhitespace)
            guard let first = rest.first else {
                fault = "<\(name) has no end"
                return
            }
            if first == ">" || rest.hasPrefix("/>") { break }
            let attribute = rest.prefix { $0.isLetter || $0 == "-" }
            guard !attribute.isEmpty else {
                fault = "<\(name) holds a stray \(first)"
                return
            }
            rest = rest[attribute.endIndex...]
            guard rest.hasPrefix("=\"") else {
                attributes.append((String(attribute), nil))
                continue
            }
            let value = rest.dropFirst(2).prefix { $0 != "\"" }
            if value.contains("<") {
                fault = "\(attribute) holds a <"
                return
            }
            attributes.append((String(attribute), String(value)))
            rest = rest[value.endIndex...].dropFirst()
        }
        tags.append(Tag(name: String(name), attributes: attributes, within: open))
        let isClosed = rest.first == "/"
        rest = rest.dropFirst(isClosed ? 2 : 1)
        if !isClosed && !Self.empty.contains(String(name)) { open.append(String(name)) }
    }
}
