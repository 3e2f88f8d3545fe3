import Opinions
import Testing

@Suite("Real exports are read, and written again byte for byte", .enabled(if: RealData.isHere, "no real data here"))
struct RoundTripTests {
    @Test("summary.csv", arguments: RealData.exports(ending: "summary.csv"))
    func summary(path: String) throws {
        let bytes = try RealData.bytes(path)
        let summary = try SummaryExport(reading: bytes)
        #expect(summary.written() == bytes)
        #expect(summary.topic?.isEmpty == false && summary.about?.isEmpty == false)
        #expect(summary.url?.hasPrefix("http") == true)
    }

    @Test("comments.csv", arguments: RealData.exports(ending: "comments.csv"))
    func comments(path: String) throws {
        let bytes = try RealData.bytes(path)
        let comments = try CommentsExport(reading: bytes)
        #expect(comments.written() == bytes)
        #expect(comments.comments.count >= 50)
        #expect(comments.comments.allSatisfy { $0.milliseconds > 1_300_000_000_000 && !$0.text.isEmpty })
        #expect(comments.comments.contains { $0.isLeftOut } == (comments.comments.contains { $0.moderation == .out }))
    }

    @Test("votes.csv", arguments: RealData.exports(ending: "votes.csv").filter { !$0.contains("participants") })
    func votes(path: String) throws {
        let bytes = try RealData.bytes(path)
        let export = try VotesExport(reading: bytes)
        #expect(export.written() == bytes)
        #expect(export.votes.allSatisfy { $0.vote.time > 1_300_000_000_000 })
        let quick = try Votes(votesCSV: bytes)
        #expect(Same(quick) == Same(Votes(export.votes.map(\.vote))), "a glance sees what care does")
    }

    @Test("participants-votes.csv", arguments: RealData.exports(ending: "participants-votes.csv"))
    func participants(path: String) throws {
        let bytes = try RealData.bytes(path)
        let export = try ParticipantsExport(reading: bytes)
        #expect(export.written() == bytes)
        let quick = try Votes(participantsCSV: bytes)
        #expect(Same(quick) == Same(Votes(inOrder: export.votes)), "a glance sees what care does")
        for person in export.participants {
            #expect(person.votes == person.answers.count)
            #expect(person.agrees == person.answers.count { $0.opinion == .agree })
        }
    }

    @Test("stats-history.csv", arguments: RealData.exports(ending: "stats-history.csv"))
    func history(path: String) throws {
        let bytes = try RealData.bytes(path)
        let history = try HistoryExport(reading: bytes)
        #expect(history.written() == bytes)
        #expect(history.moments.count > 5_000)
    }

    @Test("votes.json", arguments: RealData.exports(ending: "votes.json"))
    func votesJSON(path: String) throws {
        let bytes = try RealData.bytes(path)
        let export = try VotesJSON(reading: bytes)
        #expect(export.written() == bytes)
        #expect(try Votes(votesJSON: bytes).count == export.votes.count)
        let comments = try CommentsJSON(
            reading: try RealData.bytes(path.replacing("votes.json", with: "comments.json")))
        #expect(Set(export.votes.map(\.vote.statement)).isSubset(of: comments.comments.map(\.statement)))
    }

    @Test(
        "the last vote in votes.csv is the one in participants-votes.csv",
        arguments: RealData.exports(ending: "participants-votes.csv"))
    func lastVote(path: String) throws {
        guard let bytes = try? RealData.bytes(path.replacing("participants-", with: "")) else { return }
        let (votes, table) = (try Votes(votesCSV: bytes), try Votes(participantsCSV: try RealData.bytes(path)))
        #expect(Same(votes).byPerson == Same(table).byPerson)
    }

    @Test("the newest export of a conversation says what the oldest did")
    func newest() throws {
        let path = try #require(RealData.exports(ending: "-votes.csv").first { $0.hasPrefix("polis-answers/") })
        let new = try Votes(votesCSV: try RealData.bytes(path))
        let old = try Votes(votesCSV: try RealData.bytes("polis/scoop-hivemind.biodiversity/votes.csv"))
        #expect(Same(new).byPerson == Same(old).byPerson)
    }
}

/// All that votes say, to be compared.
struct Same: Equatable {
    let participants: [Int]
    let statements: [Int]
    /// What each person said to each statement, by their numbers.
    let byPerson: [Int: [Int: Opinion]]

    init(_ votes: Votes) {
        (participants, statements) = (votes.participants, votes.statements)
        var byPerson: [Int: [Int: Opinion]] = [:]
        for (row, person) in votes.participants.enumerated() {
            for (column, opinion) in votes.votes(row: row) {
                byPerson[person, default: [:]][votes.statements[column]] = opinion
            }
        }
        self.byPerson = byPerson
    }
}
