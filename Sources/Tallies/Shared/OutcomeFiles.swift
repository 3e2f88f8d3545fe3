extension Outcome {
    /// The count as comma-separated values: a row for each figure and each thing that happened.
    ///
    /// Columns: `stage` (from 1), `kind` (`has`, `mark`, `elected`, `funded`, `stood down`, `moved`, `tie`, `said`),
    /// `option`, `to`, `figure`, `text`.
    public var csv: String {
        var rows = [["stage", "kind", "option", "to", "figure", "text"]]
        for (place, stage) in stages.enumerated() {
            let number = String(place + 1)
            rows += stage.standings.map { [number, "has", options[$0.option], "", $0.figure.description, ""] }
            rows += stage.marks.map { [number, "mark", "", "", $0.figure.description, $0.name] }
            rows += stage.events.map { [number] + fields($0) }
        }
        return rows.map { $0.map(Sheet.quoted).joined(separator: ",") + "\n" }.joined()
    }

    private func fields(_ event: Event) -> [String] {
        let text = sentence(event)
        return switch event {
        case .elected(let option): ["elected", options[option], "", "", text]
        case .funded(let option): ["funded", options[option], "", "", text]
        case .stoodDown(let option): ["stood down", options[option], "", "", text]
        case .moved(let from, let to, let figure):
            ["moved", from.map { options[$0] } ?? "", to.map { options[$0] } ?? "", figure.description, text]
        case .tie(_, let chosen, _): ["tie", chosen.map { options[$0] }.joined(separator: "; "), "", "", text]
        case .said: ["said", "", "", "", text]
        }
    }

    /// The count as JSON: `winners` (names, in the order in which they won), `passed` where there is a yes or no,
    /// `stages`, each with `heading`, `standings` (pairs of name and figure), `marks` and `events`. Figures are texts,
    /// so that no digit is lost.
    ///
    /// - Parameter about: members that come first, each a name and a text.
    public func json(about: [(String, String)] = []) -> String {
        let stages = stages.map { stage in
            JSON.object([
                ("heading", stage.heading.map { JSON.text($0) } ?? "null"),
                (
                    "standings",
                    JSON.list(
                        stage.standings.map {
                            JSON.list([JSON.text(options[$0.option]), JSON.text($0.figure.description)])
                        })
                ),
                ("marks", JSON.object(stage.marks.map { ($0.name, JSON.text($0.figure.description)) })),
                ("events", JSON.list(stage.events.map(json))),
            ])
        }
        var members = about.map { ($0.0, JSON.text($0.1)) }
        members.append(("winners", JSON.list(winnerNames.map(JSON.text))))
        if let hasPassed { members.append(("passed", hasPassed ? "true" : "false")) }
        members += [("options", JSON.list(options.map(JSON.text))), ("stages", JSON.list(stages))]
        return JSON.object(members)
    }

    private func json(_ event: Event) -> String {
        let text = ("text", JSON.text(sentence(event)))
        func name(_ option: Int?) -> String { option.map { JSON.text(options[$0]) } ?? "null" }
        return switch event {
        case .elected(let option): JSON.object([("elected", name(option)), text])
        case .funded(let option): JSON.object([("funded", name(option)), text])
        case .stoodDown(let option): JSON.object([("stoodDown", name(option)), text])
        case .moved(let from, let to, let figure):
            JSON.object([("moved", JSON.text(figure.description)), ("from", name(from)), ("to", name(to)), text])
        case .tie(let tied, let chosen, _):
            JSON.object([("tie", JSON.list(tied.map(name))), ("chosen", JSON.list(chosen.map(name))), text])
        case .said: JSON.object([text])
        }
    }
}

/// The little of JSON (RFC 8259) that is written here.
enum JSON {
    static func text(_ text: String) -> String {
        var written = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": written += "\\\(scalar)"
            case "\n": written += "\\n"
            case _ where scalar.value < 32:
                let digits = String(scalar.value, radix: 16)
                written += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: written.unicodeScalars.append(scalar)
            }
        }
        return written + "\""
    }

    static func list(_ values: [String]) -> String { "[" + values.joined(separator: ",") + "]" }

    static func object(_ members: [(String, String)]) -> String {
        "{" + members.map { "\(text($0.0)):\($0.1)" }.joined(separator: ",") + "}"
    }
}
