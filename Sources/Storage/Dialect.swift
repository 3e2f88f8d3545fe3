/// The few words that the engines spell differently when a table is declared.
enum Dialect {
    /// The statements in a text, parted at each `;` that is not inside quotes or a comment.
    static func statements(_ text: String) -> [String] {
        var statements = [""]
        for token in tokens(text) {
            if token == ";" { statements.append("") } else { statements[statements.count - 1] += token }
        }
        return statements.filter { !tokens($0).allSatisfy { $0.isSpace || $0.hasPrefix("--") } }
    }

    /// One statement as an engine spells it.
    static func spell(_ statement: String, for engine: Engine) -> String {
        let tokens = tokens(statement)
        let words = tokens.filter { !$0.isSpace && !$0.hasPrefix("--") }.map { $0.lowercased() }
        let declares = words.starts(with: ["create", "table"]) || words.starts(with: ["alter", "table"])
        guard declares else { return statement }

        var spelled = ""
        var before = ("", "")
        for token in tokens {
            if token.isSpace || token.hasPrefix("--") {
                spelled += token
                continue
            }
            // Only where a type stands: after a column's name, which itself follows "(", "," or "column".
            // So a column may be called `bytes`.
            let isType = ["(", ",", "column"].contains(before.0) && before.1.first.map(\.isNameLetter) == true
            spelled += isType ? type(token, on: engine) : token
            before = (before.1, token.lowercased())
        }
        let isNew = words.starts(with: ["create", "table"]) && words.last == ")"
        return engine == .sqlite && isNew ? spelled + " strict" : spelled
    }

    private static func type(_ word: String, on engine: Engine) -> String {
        switch (engine, word.lowercased()) {
        case (.sqlite, "bigint"): "integer"
        case (.sqlite, "bytes"): "blob"
        case (.postgres, "bytes"): "bytea"
        case (.postgres, "real"): "double precision"
        // By bytes, as SQLite sorts, whatever language the server was set up in.
        case (.postgres, "text"): "text collate \"C\""
        default: word
        }
    }

    /// Words, spaces, quoted pieces and comments, which put together again are the text.
    private static func tokens(_ text: String) -> [String] {
        var tokens: [String] = []
        var rest = Substring(text)
        while let first = rest.first {
            let token: Substring
            if first == "'" || first == "\"" {
                let close = rest.dropFirst().firstIndex(of: first) ?? rest.indices.last!
                token = rest[...close]
            } else if rest.hasPrefix("--") {
                token = rest.prefix { $0 != "\n" }
            } else if first.isWhitespace {
                token = rest.prefix(while: \.isWhitespace)
            } else if first.isNameLetter {
                token = rest.prefix(while: \.isNameLetter)
            } else {
                token = rest.prefix(1)
            }
            tokens.append(String(token))
            rest = rest[token.endIndex...]
        }
        return tokens
    }
}

extension Character {
    fileprivate var isNameLetter: Bool { isLetter || isNumber || self == "_" }
}

extension String {
    fileprivate var isSpace: Bool { allSatisfy(\.isWhitespace) }
}
