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

    /// What came of six years of starts and versions can't be told from votes; that it agrees with the rules can.
    @Test("begun from the base clusters that Polis published, a refresh changes nothing", arguments: PolisAnswers.all)
    func rest(polis: PolisAnswers) async {
        var (conversation, _) = await GoldenTests.analysis(polis)
        let before = conversation.analysis
        await conversation.refresh()
        let after = conversation.analysis
        #expect(after.baseClusters.map(\.members) == before.baseClusters.map(\.members))
        #expect(after.groups.map(\.members) == before.groups.map(\.members))
        #expect(after.baseClusters.map(\.id) == polis.answers["base-clusters"]!["id"]!.ints)
    }

    /// To the end of 2018 Polis counted a statement that was moderated out as voted on by everybody: of the seven votes
    /// that put somebody in a group, five were then there already in this conversation. It has gone on since, and its
    /// groups come from six years of starts and versions that its votes don't tell of; but who is in does follow.
    @Test("who was in the longest conversation follows from its votes, and from when Polis changed its count")
    func longest() async throws {
        guard let polis = PolisAnswers.all.first(where: { $0.name == "above-100-ptpts" }) else { return }
        var votes = Votes(limits: .polis)
        (votes.moderatedOut, votes.meta) = (polis.moderated.moderatedOut, polis.moderated.meta)
        var conversation = Conversation(votes)
        // Nobody leaves again, so it hardly matters in what pieces they came.
        let (changed, pace) = (Int64(1_546_300_800_000), Conversation.Pace(interval: 3_600_000))
        conversation.method.countsModeratedOut = true
        await conversation.replay(polis.votes.filter { $0.time < changed }, pace: pace)
        conversation.method.countsModeratedOut = false
        await conversation.replay(polis.votes.filter { $0.time >= changed }, pace: pace)
        let analysis = conversation.analysis
        let included = Set(polis.answers["in-conv"]!.ints)
        #expect(Set(analysis.included.map { analysis.participants[$0] }) == included)
        // By either count alone somebody would be in who wasn't, or out who was.
        let all = conversation.votes
        let few = all.participants.indices.filter { all.voteCount(row: $0) < 7 }.map { all.participants[$0] }
        #expect(few.count(where: included.contains) == 32)
        conversation.method.countsModeratedOut = true
        conversation.included.update(all, conversation.method)
        #expect(conversation.included.rows.count - included.count == 13)
    }
}
