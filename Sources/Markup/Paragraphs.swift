extension HTML {
    /// What somebody said, as they laid it out: an empty line begins a paragraph, a new line breaks one.
    /// Everything is escaped and nothing becomes a link.
    public init(paragraphs text: String) {
        self.init()
        append(paragraphs: text)
    }

    /// Adds what somebody said, as `init(paragraphs:)` lays it out.
    mutating func append(paragraphs text: String) {
        var text = text
        text.withUTF8 { said in
            var isOpen = false
            var start = 0
            while start < said.count {
                var (end, isBlank) = (start, true)
                while end < said.count, said[end] != Self.newLine, said[end] != Self.carriageReturn {
                    if said[end] != Self.space, said[end] != Self.tab { isBlank = false }
                    end += 1
                }
                if isBlank {
                    if isOpen { append(markup: "</p>") }
                    isOpen = false
                } else {
                    append(markup: isOpen ? "<br>" : "<p>")
                    append(escaping: said[start..<end])
                    isOpen = true
                }
                start = Self.afterBreak(said, end)
            }
            if isOpen { append(markup: "</p>") }
        }
    }

    private static let newLine = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let space = UInt8(ascii: " ")
    private static let tab = UInt8(ascii: "\t")

    /// What follows one line break: a new line, a carriage return, or the two together that forms send.
    private static func afterBreak(_ said: UnsafeBufferPointer<UInt8>, _ end: Int) -> Int {
        let isPair = end + 1 < said.count && said[end] == carriageReturn && said[end + 1] == newLine
        return end + (isPair ? 2 : 1)
    }
}
