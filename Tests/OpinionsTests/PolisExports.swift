import Foundation
import Opinions

/// Real exports with the group that Polis published for each person, where they lie beside the repository.
struct PolisExports {
    let name: String
    let votes: [Vote]
    /// Whether the export says when people voted.
    let hasTimes: Bool
    /// The published group, by person.
    let groups: [Int: Int]
    /// What was said to each statement, by the table of who said what that Polis made out of the votes.
    let said: [Int: Tally]
    let moderatedOut: Set<Int>
    let meta: Set<Int>

    init?(_ name: String) {
        let folder = PolisAnswers.folder.appending(path: "polis").appending(path: name)
        let read = { (file: String) in
            (try? Data(contentsOf: folder.appending(path: file))).map { [UInt8]($0) }
        }
        guard let table = read("participants-votes.csv").flatMap({ try? ParticipantsExport(reading: $0) }),
            let comments = read("comments.csv").flatMap({ try? CommentsExport(reading: $0) })
        else { return nil }
        self.name = name
        let cast = read("votes.csv").flatMap { try? VotesExport(reading: $0) }.map { $0.votes.map(\.vote) }
        hasTimes = cast != nil
        // Numbers are given out as people come: where nothing says when, they do.
        votes =
            cast
            ?? table.votes.map { vote in
                Vote(
                    participant: vote.participant, statement: vote.statement, opinion: vote.opinion,
                    time: Int64(vote.participant))
            }
        groups = Dictionary(
            uniqueKeysWithValues: table.participants.compactMap { row in row.group.map { (row.participant, $0) } })
        var tallies = [Tally](repeating: Tally(), count: table.statements.count)
        for answer in table.participants.flatMap(\.answers) {
            switch answer.opinion {
            case .agree: tallies[answer.column].agree += 1
            case .disagree: tallies[answer.column].disagree += 1
            case .pass: tallies[answer.column].pass += 1
            }
        }
        said = Dictionary(uniqueKeysWithValues: zip(table.statements, tallies))
        moderatedOut = Set(comments.comments.filter { $0.moderation == .out }.map(\.statement))
        meta = Set(comments.comments.filter { $0.isMeta == true }.map(\.statement))
    }

    /// How much two ways to put people into groups agree, beyond chance: 1 when they are the same (Hubert and Arabie
    /// 1985). Only those whom both put into a group count.
    static func rand(_ one: [Int: Int], _ other: [Int: Int]) -> Double {
        let both = one.keys.filter { other[$0] != nil }
        var (cells, rows, columns) = ([[Int]: Double](), [Int: Double](), [Int: Double]())
        for key in both {
            cells[[one[key]!, other[key]!], default: 0] += 1
            rows[one[key]!, default: 0] += 1
            columns[other[key]!, default: 0] += 1
        }
        let pairs = { (count: Double) in count * (count - 1) / 2 }
        let inside = { (counts: [Double]) in counts.map(pairs).reduce(0, +) }
        let (row, column) = (inside(Array(rows.values)), inside(Array(columns.values)))
        let (chance, most) = (row * column / pairs(Double(both.count)), (row + column) / 2)
        return most == chance ? 1 : (inside(Array(cells.values)) - chance) / (most - chance)
    }
}
