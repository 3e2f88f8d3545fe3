import Foundation
import Opinions

/// What was found in votes, for whoever asked.
struct OpinionReport {
    let file: String
    let votes: Votes
    /// What the statements say, by number, as far as that is known.
    let texts: [Int: String]
    let analysis: Analysis
    /// The groups within each group.
    let subgroups: [[Subgroup]]

    /// Letters of the alphabet are enough: there are five groups at most.
    static func letter(_ group: Int) -> String { String(UnicodeScalar(UInt8(65 + group % 26))) }

    /// How many statements a list in words has.
    private static let listed = 5
    /// A longer statement is cut, so that a list can be overlooked.
    private static let longestText = 200

    /// The whole in plain words.
    var lines: [String] {
        var lines = [opening, "", grouped]
        for group in analysis.groups.indices { lines += [""] + words(of: group) }
        return lines + list("Counting everybody, most people agree with:", analysis.consensus.agree.map(sentence))
            + list("Counting everybody, most people disagree with:", analysis.consensus.disagree.map(sentence))
            + list("What divides the groups most:", analysis.divisive.map(sentence))
    }

    /// How many people, votes and statements there are.
    var opening: String {
        Self.count(votes.participantCount, "person", "people") + " voted on "
            + Self.count(votes.statementCount, "statement", "statements") + ": "
            + Self.count(votes.count, "vote", "votes") + " in all."
    }

    /// How many groups there are, or why there are none.
    var grouped: String {
        let included = analysis.included.count
        switch analysis.ungrouped {
        case .noVotes: return "Nobody has voted, so there are no groups."
        case .tooFew(let included, let needed):
            return "There are no groups: only \(Self.count(included, "person has", "people have")) voted often enough, "
                + "and \(needed) are needed."
        case .everybodyAlike: return "There are no groups: everybody who voted often enough stands at the same place."
        case nil:
            return "There are \(Self.count(analysis.groups.count, "group", "groups")) among the "
                + "\(Self.count(included, "person", "people")) who voted often enough."
        }
    }

    private static func count(_ count: Int, _ one: String, _ many: String) -> String {
        "\(count) \(count == 1 ? one : many)"
    }

    // MARK: One group

    /// What a group agrees on, and where it parts from the rest.
    private func words(of group: Int) -> [String] {
        let size = Self.count(analysis.groups[group].members.count, "person", "people")
        return ["Group \(Self.letter(group)), \(size)"]
            + list("It agrees with:", agreed(in: group), indent: "  ")
            + list(
                "It parts from the rest:", analysis.tellingStatements[group].map { sentence($0, group) }, indent: "  ")
            + within(group)
    }

    /// The groups within a group, each with what tells it most from the others. Where one is too small to be a group by
    /// itself none is told of: that would be to point at people.
    private func within(_ group: Int) -> [String] {
        guard subgroups[group].allSatisfy({ $0.members.count >= Method().fewestGrouped }) else { return [] }
        let parts = subgroups[group].map { part in
            let most = part.tellingStatements.first.map { telling in
                "; \(telling.side == .agree ? "agrees" : "disagrees"): \(text(telling.statement))"
            }
            return Self.count(part.members.count, "person", "people") + (most ?? "")
        }
        return list("Within it there are:", parts, indent: "  ")
    }

    /// What most of a group agree with, the surest first.
    private func agreed(in group: Int) -> [String] {
        let tallies = analysis.groupTallies[group]
        let sure = tallies.indices.filter { column in
            let (agree, seen) = (tallies[column].agree, tallies[column].seen)
            return isShown(analysis.statements[column]) && Tally.probability(agree, of: seen) > 0.5
                && Tally.test(agree, of: seen) > Method().significance
        }
        func weight(_ column: Int) -> Double {
            let (agree, seen) = (tallies[column].agree, tallies[column].seen)
            return Tally.probability(agree, of: seen) * Tally.test(agree, of: seen)
        }
        return sure.sorted { (weight($0), -$0) > (weight($1), -$1) }.prefix(Self.listed).map { column in
            "\(text(analysis.statements[column])) (\(tallies[column].agree) of \(tallies[column].seen))"
        }
    }

    private func isShown(_ statement: Int) -> Bool {
        !votes.moderatedOut.contains(statement) && !votes.meta.contains(statement)
    }

    private func sentence(_ telling: TellingStatement, _ group: Int) -> String {
        let column = analysis.statements.firstIndex(of: telling.statement)
        let others = analysis.groupTallies.indices.filter { $0 != group }.map { analysis.groupTallies[$0] }
        let rest = others.compactMap { tallies in column.map { tallies[$0] } }
        let said = rest.reduce(0) { $0 + (telling.side == .agree ? $1.agree : $1.disagree) }
        let verb = telling.side == .agree ? "agrees" : "disagrees"
        return "\(verb): \(text(telling.statement)) (\(telling.successes) of \(telling.trials); of the rest "
            + "\(said) of \(rest.reduce(0) { $0 + $1.seen }))"
    }

    // MARK: Everybody

    private func sentence(_ agreed: ConsensusStatement) -> String {
        "\(text(agreed.statement)) (\(agreed.successes) of \(agreed.trials))"
    }

    private func sentence(_ divisive: DivisiveStatement) -> String {
        let column = analysis.statements.firstIndex(of: divisive.statement)
        func share(_ group: Int) -> String {
            let tally = column.map { analysis.groupTallies[group][$0] } ?? Tally()
            return "group \(Self.letter(group)) \(tally.agree) of \(tally.seen)"
        }
        return "\(text(divisive.statement)) (agree: \(share(divisive.most)), \(share(divisive.least)))"
    }

    private func list(_ heading: String, _ items: [String], indent: String = "") -> [String] {
        items.isEmpty ? [] : (indent.isEmpty ? [""] : []) + ["\(indent)\(heading)"] + items.map { "\(indent)  - \($0)" }
    }

    /// A statement by number and, where that is known, in its own words, on one line.
    func text(_ statement: Int) -> String {
        guard let text = texts[statement] else { return "statement \(statement)" }
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let plain = line.unicodeScalars.filter { $0.properties.generalCategory != .control }
        let cut = String(String.UnicodeScalarView(plain))
        return "\(statement) “\(cut.count > Self.longestText ? cut.prefix(Self.longestText) + "…" : cut[...])”"
    }
}

// MARK: A table

extension OpinionReport {
    /// A row for each statement: what everybody said, what each group said, and what it deserves to be asked next.
    var csv: String {
        let counts = ["agree", "disagree", "pass", "seen"]
        let groups = analysis.groups.indices.flatMap { group in counts.map { "\(Self.letter(group))-\($0)" } }
        var rows = [["comment-id"] + counts + groups + ["group-aware-consensus", "priority", "comment-body"]]
        for (column, statement) in analysis.statements.enumerated() {
            let tallies = [analysis.tallies[column]] + analysis.groups.indices.map { analysis.groupTallies[$0][column] }
            let said = tallies.flatMap { [$0.agree, $0.disagree, $0.pass, $0.seen] }.map(String.init)
            let across = analysis.consensus.acrossGroups
            rows.append(
                ["\(statement)"] + said + [
                    across.indices.contains(column) ? "\(across[column])" : "", "\(analysis.priorities[column])",
                    texts[statement] ?? "",
                ])
        }
        return rows.map { $0.map(Self.field).joined(separator: ",") + "\n" }.joined()
    }

    private static func field(_ text: String) -> String {
        text.utf8.contains { ",\"\n\r".utf8.contains($0) } ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }
}
