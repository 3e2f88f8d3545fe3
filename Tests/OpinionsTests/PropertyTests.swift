import Testing

@testable import Opinions

@Suite("Whatever the votes")
struct PropertyTests {
    /// Some people in a few camps who vote on some of the statements.
    static func votes(_ seed: UInt64, people: Int, statements: Int) -> [Vote] {
        var chance = Chance(state: seed)
        var votes: [Vote] = []
        for time in 0..<people * 8 {
            let person = min(people - 1, Int((chance.next() + 1) / 2 * Double(people)))
            let statement = min(statements - 1, Int((chance.next() + 1) / 2 * Double(statements)))
            let leaning = Double((person % 3 * 7 + statement * 5) % 11) / 5 - 1
            let drawn = chance.next() + leaning
            let opinion: Opinion = drawn > 0.3 ? .agree : drawn < -0.3 ? .disagree : .pass
            votes.append(Vote(participant: person, statement: statement, opinion: opinion, time: Int64(time)))
        }
        return votes
    }

    static func expectSane(_ analysis: Analysis) {
        let (people, statements) = (analysis.participants.count, analysis.statements.count)
        #expect(analysis.projections.count == people && analysis.axes.centre.count == statements)
        #expect(analysis.projections.allSatisfy { $0.x.isFinite && $0.y.isFinite })
        #expect(analysis.axes.centre.allSatisfy { (-1...1).contains($0) })
        for axis in [analysis.axes.first, analysis.axes.second] {
            let length = axis.reduce(0) { $0 + $1 * $1 }
            #expect(length == 0 || (length - 1).magnitude < 1e-9)
        }
        #expect(analysis.extremities.allSatisfy { $0.isFinite && $0 >= 0 })
        #expect(analysis.priorities.count == statements && analysis.priorities.allSatisfy { $0.isFinite && $0 > 0 })
        #expect(analysis.consensus.acrossGroups.allSatisfy { (0...1).contains($0) })
        #expect((-1...1).contains(analysis.silhouette))
        for telling in analysis.tellingStatements.joined() {
            let figures = [telling.probability, telling.probabilityTest, telling.ratio, telling.ratioTest]
            #expect(figures.allSatisfy(\.isFinite) && (0...1).contains(telling.probability))
            #expect(analysis.statements.contains(telling.statement) && telling.successes <= telling.trials)
        }
        let members = analysis.groups.flatMap(\.members)
        #expect(Set(members).count == members.count)
        #expect(analysis.groups.isEmpty || members.count == analysis.included.count)
        #expect(analysis.groups.allSatisfy { !$0.members.isEmpty } || analysis.groups.isEmpty)
    }

    @Test("figures are in their range, and the same every time", arguments: 1...6)
    func steady(seed: UInt64) async {
        let votes = Votes(Self.votes(seed, people: 40 * Int(seed), statements: 6 + 9 * Int(seed)))
        let analysis = await Conversation.analysis(of: votes)
        Self.expectSane(analysis)
        let again = await Conversation.analysis(of: votes)
        #expect(again.axes == analysis.axes && again.groups == analysis.groups)
        #expect(again.priorities == analysis.priorities)
    }

    @Test("each group's tallies are those of its members", arguments: 1...4)
    func counting(seed: UInt64) async {
        let votes = Votes(Self.votes(seed, people: 120, statements: 30))
        let analysis = await Conversation.analysis(of: votes)
        for (group, tallies) in zip(analysis.groups, analysis.groupTallies) {
            #expect(votes.tallies(of: Set(group.members)) == tallies)
        }
    }

    @Test("one vote at a time comes to the same counts, lists and priorities as all counted again", arguments: 1...4)
    func live(seed: UInt64) async {
        let list = Self.votes(seed, people: 150, statements: 25)
        var live = Conversation(Votes(Array(list.prefix(600))))
        await live.refresh()
        for vote in list.dropFirst(600) { live.cast(vote) }
        live.cast(Vote(participant: 9999, statement: 9999, opinion: .agree))
        var counted = live
        counted.counted = []
        await counted.recount(Matrix(live.votes))
        let (one, other) = (live.analysis, counted.analysis)
        #expect(one.tallies == other.tallies && one.groupTallies == other.groupTallies)
        #expect(one.tellingStatements == other.tellingStatements && one.consensus == other.consensus)
        #expect(one.divisive == other.divisive && one.priorities == other.priorities)
        #expect(one.groups == other.groups && one.baseClusters == other.baseClusters)
        #expect(one.included == other.included)
        Self.expectSane(one)
        await live.refresh()
        Self.expectSane(live.analysis)
        for (group, tallies) in zip(live.analysis.groups, live.analysis.groupTallies) {
            #expect(live.votes.tallies(of: Set(group.members)) == tallies)
        }
    }

    @Test("a table taken in some people at a time comes to the same people, statements and tallies")
    func growing() async {
        let table = Votes(Self.votes(9, people: 260, statements: 30))
        var grown = Conversation()
        await grown.grow(table)
        #expect(grown.analysis.participants == table.participants && grown.votes.count == table.count)
        let tallies = Dictionary(uniqueKeysWithValues: zip(grown.analysis.statements, grown.analysis.tallies))
        #expect(tallies == Dictionary(uniqueKeysWithValues: zip(table.statements, table.tallies)))
        Self.expectSane(grown.analysis)
    }

    @Test("turning every vote round turns nobody out of their group")
    func mirrored() async {
        let list = Self.votes(3, people: 100, statements: 20)
        let turned = list.map { vote in
            Vote(
                participant: vote.participant, statement: vote.statement,
                opinion: Opinion(rawValue: -vote.opinion.rawValue)!, time: vote.time)
        }
        let one = await Conversation.analysis(of: Votes(list))
        let other = await Conversation.analysis(of: Votes(turned))
        #expect(Set(one.groups.map { Set($0.members) }) == Set(other.groups.map { Set($0.members) }))
        #expect(one.consensus.agree.map(\.statement) == other.consensus.disagree.map(\.statement))
    }

    @Test("quarters find the nearest centre of every point, as looking at each does")
    func quarters() {
        var chance = Chance(state: 7)
        let positions = (0..<5000).map { place in
            SIMD2(chance.next() * (place % 7 == 0 ? 30 : 1), chance.next() + Double(place % 3))
        }
        for count in [1, 2, 17, 100] {
            let centres = (0..<count).map { _ in SIMD2(chance.next() * 3, chance.next() * 3) }
            let quarters = Quarters(positions)
            let labels = quarters.labels(centres)
            #expect(labels == positions.map { Int32(Points.nearest(to: $0, of: centres)) })
            let sums = Points(positions).sums(by: labels, count: count)
            for (one, other) in zip(sums, quarters.sums(nearest: centres)) {
                #expect(one.weight == other.weight)
                #expect(Points.squared(one.total - other.total) < 1e-12)
            }
        }
    }

    @Test("the axes are eigenvectors, at right angles, with nothing left over")
    func axes() async {
        let votes = Votes(Self.votes(5, people: 300, statements: 60))
        let axes = await Conversation.analysis(of: votes).axes
        let image = await Matrix(votes).squared(times: axes.pair)
        for column in image.indices {
            #expect((image[column].x - axes.variances[0] * axes.first[column]).magnitude < 1e-8 * axes.variances[0])
            #expect((image[column].y - axes.variances[1] * axes.second[column]).magnitude < 1e-8 * axes.variances[0])
        }
        #expect(zip(axes.first, axes.second).reduce(0) { $0 + $1.0 * $1.1 }.magnitude < 1e-10)
        #expect(axes.variances[0] >= axes.variances[1] && axes.residual < 1e-10)
    }

    @Test("a refresh of one pass says where everybody stands on its axes, and each comes nearer to exact ones")
    func onePass() async {
        let list = Self.votes(6, people: 300, statements: 40)
        var conversation = Conversation(Votes(Array(list.prefix(1500))))
        await conversation.refresh()
        for vote in list.dropFirst(1500) { conversation.cast(vote) }
        conversation.cast(Vote(participant: 1, statement: 9999, opinion: .agree))
        var residuals: [Double] = []
        for _ in 0..<60 {
            await conversation.refresh(steps: 1)
            Self.expectSane(conversation.analysis)
            residuals.append(conversation.analysis.axes.residual)
            let analysis = conversation.analysis
            let again = await Matrix(conversation.votes).projections(on: analysis.axes)
            #expect(zip(analysis.projections, again).allSatisfy { $0.distance(to: $1) < 1e-9 })
        }
        #expect(residuals[0] > 1e-4, "so many new votes turn the axes")
        #expect(residuals[59] < residuals[0] / 100 && residuals[59] < residuals[9])
        let moved = conversation.analysis.axes
        await conversation.refresh()
        let exact = conversation.analysis.axes
        #expect(exact.residual < 1e-10 && zip(moved.first, exact.first).allSatisfy { ($0 - $1).magnitude < 0.05 })
    }

    @Test("two sides are shown side by side, or neither of them")
    func spread() {
        let votes = Votes(Self.votes(2, people: 60, statements: 12))
        let (one, other) = (Set(0..<50), Set(50..<60))
        let all = votes.spread(between: one, and: other) { _ in true }
        #expect(all.map(\.statement) == votes.statements)
        for (column, spread) in all.enumerated() {
            #expect(spread.sides!.one.seen + spread.sides!.other.seen == votes.tallies[column].seen)
        }
        let few = votes.spread(between: one, and: other) { $0.seen >= 6 }
        #expect(few.contains { $0.sides == nil } && few.contains { $0.sides != nil })
        for (shown, spread) in zip(few, all) where shown.sides == nil {
            #expect(spread.sides!.one.seen < 6 || spread.sides!.other.seen < 6)
        }
    }
}
