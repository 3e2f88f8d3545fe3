extension Outcome {
    /// The whole count as lines to be read aloud.
    public var lines: [String] {
        var lines: [String] = []
        for (place, stage) in stages.enumerated() {
            if place > 0 { lines.append("") }
            lines.append("Stage \(place + 1)" + (stage.heading.map { ": \($0)" } ?? ""))
            lines += columns(stage)
            lines += stage.events.map { sentence($0) }
        }
        if !winners.isEmpty {
            lines.append("")
            lines.append("\(winners.count == 1 ? "Winner" : "Winners"): " + winnerNames.joined(separator: ", "))
        }
        return lines
    }

    /// Who had what, names on the left and figures on the right, each as wide as the widest.
    private func columns(_ stage: Stage) -> [String] {
        let rows =
            stage.standings.map { (options[$0.option], $0.figure.description) }
            + stage.marks.map { ($0.name, $0.figure.description) }
        // A very long name is not a reason to push every figure off the paper.
        let longestName = 40
        let name = min(longestName, rows.map(\.0.count).max() ?? 0)
        let figure = rows.map(\.1.count).max() ?? 0
        return rows.map { row in
            "  " + row.0 + String(repeating: " ", count: max(1, name + 2 - row.0.count + figure - row.1.count)) + row.1
        }
    }

    /// What happened, as a sentence.
    public func sentence(_ event: Event) -> String {
        switch event {
        case .elected(let option): "\(options[option]) is elected."
        case .funded(let option): "\(options[option]) is paid for."
        case .stoodDown(let option): "\(options[option]) stands down."
        case .moved(let from?, let to?, let figure): "\(figure) from \(options[from]) to \(options[to])."
        case .moved(let from?, nil, let figure): "\(figure) from \(options[from]) to nobody."
        case .moved(nil, let to?, let figure): "\(figure) to \(options[to])."
        case .moved(nil, nil, let figure): "\(figure) to nobody."
        case .tie(let tied, let chosen, let way): tie(tied, chosen, way)
        case .said(let sentence): sentence
        }
    }

    private func tie(_ tied: [Int], _ chosen: [Int], _ way: Event.Way) -> String {
        let all = Self.listed(tied.map { options[$0] })
        let taken = chosen.map { options[$0] }.joined(separator: ", ")
        let isOrder = chosen.count == tied.count
        let told = isOrder ? "Their order is \(taken)" : "Of these it is \(taken)"
        return switch way {
        case .earlierStage(let stage): "\(all) have the same. \(told), by what each had in stage \(stage)."
        case .lot(let seed): "\(all) have the same. \(told), by a lot drawn from the seed \(seed)."
        case .order: "\(all) have the same. \(told), by the order given beforehand."
        case .own(let how): "\(all) have the same. \(told), \(how)."
        }
    }

    /// Names as one says them: *Ann, Ben and Cat*.
    static func listed(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }
}
