import Foundation
import Opinions

extension OpinionReport {
    /// Everything as JSON: what is by statement, by its number as it stands in the file; people by theirs.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(Found(self)), as: UTF8.self)
    }

    private struct Found: Encodable {
        let file: String
        let participants, statements, votes, included: Int
        let groups: [[Int]]
        let subgroups: [[[Int]]]
        let why: String?
        let silhouette: Double
        let tellingStatements: [[Telling]]
        let consensus: Agreed
        let divisive: [Divisive]
        let priorities, groupAwareConsensus: [String: Double]
        let tallies: [String: Counts]
        let groupTallies: [[String: Counts]]

        init(_ report: OpinionReport) {
            let analysis = report.analysis
            file = report.file
            participants = report.votes.participantCount
            statements = report.votes.statementCount
            votes = report.votes.count
            included = analysis.included.count
            groups = analysis.groups.map(\.members)
            subgroups = report.subgroups.map { $0.map(\.members) }
            why = analysis.ungrouped == nil ? nil : report.grouped
            silhouette = analysis.silhouette
            tellingStatements = analysis.tellingStatements.map { $0.map { Telling($0, report) } }
            consensus = Agreed(
                agree: analysis.consensus.agree.map { Statement($0, report) },
                disagree: analysis.consensus.disagree.map { Statement($0, report) })
            divisive = analysis.divisive.map {
                Divisive(
                    statement: $0.statement, text: report.texts[$0.statement], agreesMost: $0.most,
                    agreesLeast: $0.least, difference: $0.difference)
            }
            func byStatement<Value>(_ values: [Value]) -> [String: Value] {
                Dictionary(zip(analysis.statements.map(String.init), values)) { first, _ in first }
            }
            priorities = byStatement(analysis.priorities)
            groupAwareConsensus = byStatement(analysis.consensus.acrossGroups)
            tallies = byStatement(analysis.tallies.map(Counts.init))
            groupTallies = analysis.groupTallies.map { byStatement($0.map(Counts.init)) }
        }
    }

    private struct Counts: Encodable {
        let agree, disagree, pass, seen: Int

        init(_ tally: Tally) { (agree, disagree, pass, seen) = (tally.agree, tally.disagree, tally.pass, tally.seen) }
    }

    private struct Telling: Encodable {
        let statement: Int
        let text: String?
        let side: String
        let successes, trials: Int
        let probability, probabilityTest, ratio, ratioTest: Double

        init(_ telling: TellingStatement, _ report: OpinionReport) {
            (statement, text) = (telling.statement, report.texts[telling.statement])
            side = telling.side == .agree ? "agree" : "disagree"
            (successes, trials) = (telling.successes, telling.trials)
            (probability, probabilityTest) = (telling.probability, telling.probabilityTest)
            (ratio, ratioTest) = (telling.ratio, telling.ratioTest)
        }
    }

    private struct Agreed: Encodable { let agree, disagree: [Statement] }

    private struct Statement: Encodable {
        let statement: Int
        let text: String?
        let successes, trials: Int
        let probability, probabilityTest: Double

        init(_ agreed: ConsensusStatement, _ report: OpinionReport) {
            (statement, text) = (agreed.statement, report.texts[agreed.statement])
            (successes, trials) = (agreed.successes, agreed.trials)
            (probability, probabilityTest) = (agreed.probability, agreed.probabilityTest)
        }
    }

    private struct Divisive: Encodable {
        let statement: Int
        let text: String?
        let agreesMost, agreesLeast: Int
        let difference: Double
    }
}
