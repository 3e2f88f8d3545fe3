import Testing

@testable import Opinions

@Suite("From votes alone, by taking them in as time went by, groups become those of Polis")
struct FromVotesTests {
    /// Conversations, and the pace at which Polis seems to have taken them in: it looks for new votes every second or
    /// two while it runs; the last was taken in after the event, in larger pieces.
    static let paces: [(name: String, interval: Int64)] = [
        ("25ptpt-3gp-no-strict-with-meta", 600_000), ("below-100-ptpts", 1000), ("biodiversity", 600),
    ]

    static func replayed(_ polis: PolisAnswers, _ interval: Int64) async -> Analysis {
        var votes = Votes(limits: .polis)
        votes.moderatedOut = Set(polis.answers["mod-out"]!.ints)
        votes.meta = Set(polis.answers["meta-tids"]!.ints)
        var conversation = Conversation(votes)
        await conversation.replay(polis.votes, pace: .init(interval: interval))
        return conversation.analysis
    }

    @Test("who is in, which groups, what tells them apart, what they agree on", arguments: paces.indices)
    func groups(place: Int) async throws {
        let (name, interval) = Self.paces[place]
        guard let polis = PolisAnswers.all.first(where: { $0.name == name }) else { return }
        guard name != "biodiversity" || PublishedGroupsTests.takesItsTime else { return }
        let analysis = await Self.replayed(polis, interval)
        let included = Set(analysis.included.map { analysis.participants[$0] })
        #expect(included == Set(polis.answers["in-conv"]!.ints))
        let theirs = polis.groups.map(Set.init)
        #expect(analysis.groups.count == theirs.count)
        for (group, telling) in zip(analysis.groups, analysis.tellingStatements) {
            let same = try #require(theirs.firstIndex(of: Set(group.members)))
            let id = polis.answers["group-clusters"]!.list[same]["id"]!.int
            GoldenTests.expect(telling, polis.answers["repness"]![id]!)
        }
        for (ours, side) in [(analysis.consensus.agree, "agree"), (analysis.consensus.disagree, "disagree")] {
            #expect(ours.map(\.statement) == polis.answers["consensus"]![side]!.list.map { $0["tid"]!.int })
        }
        for (column, statement) in analysis.statements.enumerated() {
            let priority = polis.answers["comment-priorities"]![statement]!.number
            #expect((analysis.priorities[column] - priority).magnitude < GoldenTests.exact * max(1, priority))
            let together = polis.answers["group-aware-consensus"]![statement]!.number
            #expect((analysis.consensus.acrossGroups[column] - together).magnitude < GoldenTests.exact)
        }
    }

    /// Of this conversation, Polis put 32 people in a group who cast fewer than seven votes, some of them two, and left
    /// out others who cast three at the same time. No rule on the votes there are can tell them apart.
    @Test("the fourth can't be had from its votes: who was in does not follow from them")
    func fourth() throws {
        guard let polis = PolisAnswers.all.first(where: { $0.name == "above-100-ptpts" }) else { return }
        let (votes, included) = (polis.moderated, Set(polis.answers["in-conv"]!.ints))
        let counts = { (isIn: Bool) in
            votes.participants.indices.filter { included.contains(votes.participants[$0]) == isIn }
                .map { votes.voteCount(row: $0) }
        }
        #expect(counts(true).count { $0 < 7 } == 32)
        #expect(try #require(counts(true).min()) < #require(counts(false).max()))
    }
}
