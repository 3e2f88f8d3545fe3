extension HTML {
    /// What somebody said, as they laid it out: an empty line begins a paragraph, a new line breaks one.
    /// Everything is escaped and nothing becomes a link.
    public init(paragraphs text: String) {
        self.init()
        var isOpen = false
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.allSatisfy(\.isWhitespace) {
                if isOpen { append("</p>") }
                isOpen = false
            } else {
                append(isOpen ? "<br>" : "<p>")
                append(text: line)
                isOpen = true
            }
        }
        if isOpen { append("</p>") }
    }
}
