/// Every refusal as a sentence. The wording is here and nowhere else.
extension ExportTrouble: CustomStringConvertible {
    /// Where it is and what is wrong, for whoever has the file before them.
    public var description: String {
        kind == .empty ? sentence : "Line \(line), column \(column): \(sentence)"
    }

    /// What is wrong, without where.
    public var sentence: String {
        switch kind {
        case .empty: "There is nothing in this file."
        case .notText: "This is not text: its bytes are not UTF-8. Save the file again as UTF-8."
        case .quoteNotClosed: "The quote that opens here is never closed."
        case .quoteInside:
            "There is a quote in the middle of a value. A value with quotes in it begins and ends with one."
        case .afterQuote:
            "After a closing quote there must be a comma or the end of the line. A quote inside is written twice."
        case .strayReturn: "There is half a line break here (a carriage return by itself)."
        case .emptyLine: "This line is empty."
        case .values(let found, let needed): Self.values(found, needed)
        case .valueTooLong: "This value is longer than \(ExportLimits.longestValue) bytes. Is a closing quote missing?"
        case .notVote(let found): "A vote is 1 (agree), 0 (pass) or -1 (disagree), and this is \(Self.quoted(found))."
        case .notModeration(let found):
            "\u{201C}moderated\u{201D} is 1 (in), 0 (waiting) or -1 (out), and this is \(Self.quoted(found))."
        case .mixedTimes: "Some times in this file are in seconds and some in milliseconds. They must be all the same."
        case .noColumn, .unknownColumn, .columnTwice, .notNumber, .notFlag: sentenceOfColumn
        case .repeated, .tooMany: sentenceOfItem
        case .notJSON, .noName, .nameTwice, .tooDeep: sentenceOfJSON
        }
    }

    private var sentenceOfColumn: String {
        switch kind {
        case .noColumn(let name): "There is no column \(Self.quoted(name)), which is needed."
        case .unknownColumn(let name): "The column \(Self.quoted(name)) is not one that these files have."
        case .columnTwice(let name): "There are two columns called \(Self.quoted(name))."
        case .notNumber(let name, let found):
            "\(Self.quoted(name)) needs a whole number that is not too large, and this is \(Self.quoted(found))."
        case .notFlag(let name, let found): "\(Self.quoted(name)) is true or false, and this is \(Self.quoted(found))."
        default: ""
        }
    }

    private var sentenceOfItem: String {
        switch kind {
        case .repeated(let item, let number, let line): "The \(item.rawValue) \(number) is on line \(line) already."
        case .tooMany(.entry, let limit): "There are more than \(limit) entries."
        case .tooMany(let item, let limit): "There are more than \(limit) \(item.rawValue)s."
        default: ""
        }
    }

    private var sentenceOfJSON: String {
        switch kind {
        case .notJSON(let token): "This is not the JSON of an export: here it needs \(token.rawValue)."
        case .noName(let name): "Something in this list has no \(Self.quoted(name)), which is needed."
        case .nameTwice(let name): "The name \(Self.quoted(name)) is there twice."
        case .tooDeep(let limit): "There are more than \(limit) lists and objects inside one another."
        default: ""
        }
    }

    private static func values(_ found: Int, _ needed: Int) -> String {
        found < needed
            ? "There are \(found) values on this line, and \(needed) columns. Is a comma or a quote missing?"
            : "There are more values on this line than the \(needed) columns. A value with a comma in it needs quotes."
    }

    /// A value as it stands in the file, cut short, with nothing in it that could confuse a terminal.
    private static func quoted(_ text: String) -> String {
        let unseen: Set<Unicode.GeneralCategory> = [.control, .format, .lineSeparator, .paragraphSeparator]
        let plain = text.unicodeScalars.map { unseen.contains($0.properties.generalCategory) ? " " : $0 }
        let cut = plain.prefix(ExportLimits.longestQuotation).map(String.init).joined()
        return "\u{201C}\(cut)\(plain.count > ExportLimits.longestQuotation ? "…" : "")\u{201D}"
    }
}
