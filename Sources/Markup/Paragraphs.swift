extension HTML {
    /// What somebody said, as they laid it out: an empty line begins a paragraph, a new line breaks one.
    /// Everything is escaped and nothing becomes a link.
    public init(paragraphs text: String) {
        self.init()
        var text = text
        text.withUTF8 { said in
            var isOpen = false
            var rest = said[...]
            while !rest.isEmpty {
                let line = rest.prefix { $0 != Self.newLine && $0 != Self.carriageReturn }
                rest = Self.afterBreak(rest[line.endIndex...])
                if line.allSatisfy({ $0 == Self.space || $0 == Self.tab }) {
                    if isOpen { append(markup: "</p>") }
                    isOpen = false
                } else {
                    append(markup: isOpen ? "<br>" : "<p>")
                    append(escaping: line)
                    isOpen = true
                }
            }
            if isOpen { append(markup: "</p>") }
        }
    }

    private static let newLine = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let space = UInt8(ascii: " ")
    private static let tab = UInt8(ascii: "\t")

    /// What follows one line break: a new line, a carriage return, or the two together that forms send.
    private static func afterBreak(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>> {
        let isPair = rest.count > 1 && rest[rest.startIndex] == carriageReturn && rest[rest.startIndex + 1] == newLine
        return rest.dropFirst(isPair ? 2 : 1)
    }
}
