import Testing

@testable import Opinions

@Suite("Every figure is that of Polis, given who is in which base cluster")
struct GoldenTests {
    static let exact = 1e-9
    /// Polis rounds this one figure to four bytes.
    static let rounded = 1e-6

    /// The analysis, with the base clusters as Polis had them.
    ///
    /// - Parameter votes: the votes, where they are to be in another order than that of their times.
    static func analysis(_ polis: PolisAnswers, _ votes: Votes? = nil) async -> (Conversation, [Int: Int]) {
        var conversation = Conversation(votes ?? polis.moderated)
        await conversation.turn(steps: Conversation.mostSteps)
        let cluster = Dictionary(
            uniqueKeysWithValues: polis.members.enumerated().flatMap { place, members in
                members.map { (conversation.votes.row(of: $0)!, Int32(place)) }
            })
        let rows = cluster.keys.sorted()
        conversation.included = Included(rows: rows, of: conversation.votes.participantCount)
        let points = Points(rows.map { conversation.analysis.projections[$0].vector })
        let ids = polis.answers["base-clusters"]!["id"]!.ints
        conversation.gather(as: Clusters(ids: ids, labels: rows.map { cluster[$0]! }, of: points))
        conversation.group()
        await conversation.recount(Matrix(conversation.votes))
        let columns = conversation.analysis.statements.enumerated().map { ($1, $0) }
        return (conversation, Dictionary(uniqueKeysWithValues: columns))
    }

    /// The largest difference between two lists; infinite where one is longer.
    static func difference(_ one: [Double], _ other: [Double]) -> Double {
        guard one.count == other.count else { return .infinity }
        return zip(one, other).reduce(0) { max($0, ($1.0 - $1.1).magnitude) }
    }

    /// The two ends of an axis are the same to both: 1 or -1, as they agree best.
    static func sign(_ ours: [Double], _ theirs: [Double]) -> Double {
        zip(ours, theirs).reduce(0) { $0 + $1.0 * $1.1 } < 0 ? -1 : 1
    }

    @Test("who voted what, in the same places", arguments: PolisAnswers.all)
    func votes(polis: PolisAnswers) async {
        let (conversation, columns) = await Self.analysis(polis)
        let (answers, analysis) = (polis.answers, conversation.analysis)
        #expect(analysis.participants.count == answers["n"]!.int)
        #expect(analysis.statements.count == answers["n-cmts"]!.int)
        #expect(Set(analysis.statements) == Set(answers["tids"]!.ints))
        for (row, participant) in analysis.participants.enumerated() {
            let counts = answers["user-vote-counts"]!
            let count = counts[participant] ?? counts.list[participant]
            #expect(conversation.votes.voteCount(row: row) == count.int)
        }
        for (place, group) in analysis.groups.enumerated() {
            let theirs = answers["group-votes"]![group.id]!
            #expect(theirs["n-members"]!.int == group.members.count)
            for (statement, column) in columns {
                let tally = theirs["votes"]![statement]!
                let ours = analysis.groupTallies[place][column]
                #expect(ours.agree == tally["A"]!.int && ours.disagree == tally["D"]!.int)
                #expect(ours.seen == tally["S"]!.int)
            }
        }
    }

    @Test("what each base cluster said", arguments: PolisAnswers.all)
    func baseVotes(polis: PolisAnswers) async {
        let (conversation, columns) = await Self.analysis(polis)
        let tallies = conversation.analysis.baseClusters.map { cluster in
            conversation.votes.tallies(of: Set(cluster.members.map { conversation.analysis.participants[$0] }))
        }
        for (statement, column) in columns {
            let theirs = polis.answers["votes-base"]![statement]!
            #expect(tallies.map { $0[column].agree } == theirs["A"]!.ints)
            #expect(tallies.map { $0[column].disagree } == theirs["D"]!.ints)
            #expect(tallies.map { $0[column].seen } == theirs["S"]!.ints)
        }
    }

    @Test("the middle, the two axes, and where statements stand", arguments: PolisAnswers.all)
    func axes(polis: PolisAnswers) async {
        let (conversation, columns) = await Self.analysis(polis)
        let (theirs, analysis) = (polis.answers["pca"]!, conversation.analysis)
        let order = polis.answers["tids"]!.ints.map { columns[$0]! }
        #expect(Self.difference(order.map { -analysis.axes.centre[$0] }, theirs["center"]!.numbers) < Self.exact)
        let ours = [(analysis.axes.first, \Point.x), (analysis.axes.second, \Point.y)]
        for (place, (axis, coordinate)) in ours.enumerated() {
            let component = theirs["comps"]!.list[place].numbers
            let found = order.map { axis[$0] }
            let sign = Self.sign(found, component)
            #expect(Self.difference(found.map { $0 * sign }, component) < Self.exact)
            // Turning the sign of votes turns it a second time.
            let stand = order.map { -sign * analysis.statementProjections[$0][keyPath: coordinate] }
            #expect(Self.difference(stand, theirs["comment-projection"]!.list[place].numbers) < Self.exact)
        }
        let extremities = order.map { analysis.extremities[$0] }
        #expect(Self.difference(extremities, theirs["comment-extremity"]!.numbers) < Self.exact)
    }

    @Test("where base clusters and groups stand, and who is in them", arguments: PolisAnswers.all)
    func groups(polis: PolisAnswers) async {
        let (conversation, columns) = await Self.analysis(polis)
        let (answers, analysis) = (polis.answers, conversation.analysis)
        let order = answers["tids"]!.ints.map { columns[$0]! }
        let base = answers["base-clusters"]!
        let components = answers["pca"]!["comps"]!.list.map(\.numbers)
        let signs = [
            -Self.sign(order.map { analysis.axes.first[$0] }, components[0]),
            -Self.sign(order.map { analysis.axes.second[$0] }, components[1]),
        ]
        let centres = analysis.baseClusters.map(\.centre)
        #expect(Self.difference(centres.map { $0.x * signs[0] }, base["x"]!.numbers) < Self.exact)
        #expect(Self.difference(centres.map { $0.y * signs[1] }, base["y"]!.numbers) < Self.exact)
        #expect(analysis.baseClusters.map(\.members.count) == base["count"]!.ints)
        let theirs = answers["group-clusters"]!.list
        #expect(analysis.groups.count == theirs.count)
        for (ours, theirs) in zip(analysis.groups, theirs) {
            #expect(ours.id == theirs["id"]!.int)
            #expect(ours.baseClusters.map { analysis.baseClusters[$0].id } == theirs["members"]!.ints.sorted())
            let centre = [ours.centre.x * signs[0], ours.centre.y * signs[1]]
            #expect(Self.difference(centre, theirs["center"]!.numbers) < Self.exact)
        }
        for (ours, theirs) in zip(analysis.groups, polis.groups) { #expect(Set(ours.members) == Set(theirs)) }
    }

    @Test("what tells each group apart, in the same order", arguments: PolisAnswers.all)
    func telling(polis: PolisAnswers) async {
        let (conversation, _) = await Self.analysis(polis)
        let analysis = conversation.analysis
        for (group, telling) in zip(analysis.groups, analysis.tellingStatements) {
            Self.expect(telling, polis.answers["repness"]![group.id]!)
        }
    }

    static func expect(_ ours: [TellingStatement], _ theirs: JSON) {
        #expect(ours.map(\.statement) == theirs.list.map { $0["tid"]!.int })
        for (our, their) in zip(ours, theirs.list) {
            #expect((our.side == .agree ? "agree" : "disagree") == their["repful-for"]!.text)
            #expect(our.successes == their["n-success"]!.int && our.trials == their["n-trials"]!.int)
            #expect((our.probability - their["p-success"]!.number).magnitude < Self.exact)
            #expect((our.probabilityTest - their["p-test"]!.number).magnitude < Self.exact)
            #expect((our.ratio - their["repness"]!.number).magnitude < Self.exact)
            #expect((our.ratioTest - their["repness-test"]!.number).magnitude < Self.rounded)
            #expect(our.bestAgree == their["n-agree"]?.int)
        }
    }

    @Test("the groups within each group, what they said and what tells them apart", arguments: PolisAnswers.all)
    func subgroups(polis: PolisAnswers) async throws {
        // Newer versions say nothing of them.
        guard let clusters = polis.answers["subgroup-clusters"] else { return }
        // What a group agrees on best hangs on the order of statements, which here was not that of their votes: this
        // conversation was worked out again, years later, from a list by statement.
        let places = Dictionary(uniqueKeysWithValues: polis.answers["tids"]!.ints.enumerated().map { ($1, $0) })
        let sorted = polis.votes.sorted { (places[$0.statement]!, $0.time) < (places[$1.statement]!, $1.time) }
        var votes = Votes(inOrder: sorted, limits: .polis)
        (votes.moderatedOut, votes.meta) = (polis.moderated.moderatedOut, polis.moderated.meta)
        let (conversation, columns) = await Self.analysis(polis, votes)
        let (base, subgroups) = (conversation.analysis.baseClusters, await conversation.subgroups())
        for (group, ours) in zip(conversation.analysis.groups, subgroups) {
            let theirs = clusters[group.id]!.list
            #expect(ours.map { Set($0.baseClusters.map { base[$0].id }) } == theirs.map { Set($0["members"]!.ints) })
            for (our, their) in zip(ours, theirs) {
                #expect(our.id == their["id"]!.int && their["parent-id"]!.int == group.id)
                let votes = polis.answers["subgroup-votes"]![group.id]![our.id]!
                #expect(votes["n-members"]!.int == our.members.count)
                for (statement, column) in columns {
                    let (tally, own) = (votes["votes"]![statement]!, our.tallies[column])
                    #expect(own.agree == tally["A"]!.int && own.disagree == tally["D"]!.int)
                    #expect(own.seen == tally["S"]!.int)
                }
                Self.expect(our.tellingStatements, polis.answers["subgroup-repness"]![group.id]![our.id]!)
            }
        }
        #expect(subgroups.contains { $0.count > 1 })
    }

    @Test("what all agree on, with and without groups, and what to ask next", arguments: PolisAnswers.all)
    func consensus(polis: PolisAnswers) async {
        let (conversation, columns) = await Self.analysis(polis)
        let (answers, analysis) = (polis.answers, conversation.analysis)
        let sides = [(analysis.consensus.agree, "agree"), (analysis.consensus.disagree, "disagree")]
        for (ours, side) in sides {
            let theirs = answers["consensus"]![side]!.list
            #expect(ours.map(\.statement) == theirs.map { $0["tid"]!.int })
            for (our, their) in zip(ours, theirs) {
                #expect(our.successes == their["n-success"]!.int && our.trials == their["n-trials"]!.int)
                #expect((our.probability - their["p-success"]!.number).magnitude < Self.exact)
                #expect((our.probabilityTest - their["p-test"]!.number).magnitude < Self.exact)
            }
        }
        for (statement, column) in columns {
            let together = answers["group-aware-consensus"]![statement]!.number
            #expect((analysis.consensus.acrossGroups[column] - together).magnitude < Self.exact)
            let priority = answers["comment-priorities"]![statement]!.number
            #expect((analysis.priorities[column] - priority).magnitude < Self.exact * max(1, priority))
        }
    }
}
