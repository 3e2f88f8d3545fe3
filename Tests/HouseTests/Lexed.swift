/// A Swift source taken apart: its code without comments and texts, and its texts, with `*` where a value goes.
struct Lexed: Sendable {
    struct Literal: Sendable {
        let line: Int
        let text: String
    }

    private(set) var code = ""
    private(set) var literals: [Literal] = []
    private let letters: [Character]
    private var at = 0
    private var line = 1

    init(_ source: String) {
        letters = Array(source)
        readCode(untilBracket: false)
    }

    private func ahead(_ text: String) -> Bool {
        at + text.count <= letters.count && zip(letters[at...], text).allSatisfy { $0 == $1 }
    }

    private mutating func step(_ count: Int = 1, keeping: Bool = false) {
        for _ in 0..<count where at < letters.count {
            if letters[at] == "\n" { line += 1 }
            if keeping || letters[at] == "\n" { code.append(letters[at]) }
            at += 1
        }
    }

    private mutating func readCode(untilBracket: Bool) {
        var depth = 0
        while at < letters.count {
            if ahead("//") {
                while at < letters.count, letters[at] != "\n" { step() }
            } else if ahead("/*") {
                while at < letters.count, !ahead("*/") { step() }
                step(2)
            } else if letters[at] == "/", let length = patternLength() {
                step(length)
            } else if let hashes = textBegins() {
                readText(hashes)
            } else {
                if letters[at] == "(" { depth += 1 }
                if letters[at] == ")" {
                    if untilBracket, depth == 0 { return step() }
                    depth -= 1
                }
                step(keeping: true)
            }
        }
    }

    /// How many `#` stand before the quotation mark of a text that begins here.
    private func textBegins() -> Int? {
        var place = at
        while place < letters.count, letters[place] == "#" { place += 1 }
        return place < letters.count && letters[place] == "\"" ? place - at : nil
    }

    /// The length of a regular expression that begins here: after something that no division follows, on one line.
    private func patternLength() -> Int? {
        guard let before = code.last(where: { $0 != " " }), "(,=:[{".contains(before), at + 1 < letters.count,
            letters[at + 1] != " "
        else { return nil }
        var place = at + 1
        while place < letters.count, letters[place] != "\n" {
            if letters[place] == "\\" { place += 1 } else if letters[place] == "/" { return place + 1 - at }
            place += 1
        }
        return nil
    }

    private mutating func readText(_ hashes: Int) {
        let begins = line
        let fence = String(repeating: "#", count: hashes)
        step(hashes)
        let quotes = ahead("\"\"\"") ? "\"\"\"" : "\""
        step(quotes.count)
        var text = ""
        while at < letters.count, !ahead(quotes + fence) {
            if ahead("\\" + fence + "(") {
                step(2 + hashes)
                text.append("*")
                code.append(" ")
                readCode(untilBracket: true)
                code.append(" ")
            } else if ahead("\\" + fence) {
                step(1 + hashes)
                text.append(letters[at] == "n" ? "\n" : letters[at])
                step()
            } else {
                text.append(letters[at])
                step()
            }
        }
        step(quotes.count + hashes)
        literals.append(Literal(line: begins, text: text))
    }
}
