@testable import Tallies

/// Rules for money once more, as slowly and plainly as they can be written: exact fractions, everybody on their own,
/// every project looked at in every round. What the fast ones come to is held against these.
enum PlainShares {
    /// What each person gives each project, by person; 0 for what they don't support.
    typealias Points = [[Int]]

    /// The method of equal shares; of projects that are exactly as good the first wins.
    static func count(_ vote: MoneyVote, _ points: Points, worth: [Int], total: Ratio) throws -> [Int] {
        var left = [Ratio](repeating: try total.over(Ratio(points.count)), count: points.count)
        var bought: [Int] = []
        while true {
            var best: (project: Int, price: Ratio, value: Ratio)?
            for project in vote.projects.indices where !bought.contains(project) {
                guard let price = try price(vote.projects[project].cost, left, points.map { $0[project] }) else {
                    continue
                }
                let value = try price.over(Ratio(worth[project]))
                if best == nil || value < best!.value { best = (project, price, value) }
            }
            guard let best else { return bought }
            bought.append(best.project)
            for person in left.indices {
                let share = try best.price.times(Ratio(points[person][best.project]))
                left[person] = try left[person].subtracting(min(share, left[person]))
            }
        }
    }

    /// What a point costs when those with less give all they have; nothing where all together can't pay.
    private static func price(_ cost: Int, _ left: [Ratio], _ points: [Int]) throws -> Ratio? {
        let supporters = points.indices.filter { points[$0] > 0 }
        let byLeft = try supporters.map { ($0, try left[$0].over(Ratio(points[$0]))) }.sorted { $0.1 < $1.1 }
        var owed = Ratio(cost)
        var rest = supporters.reduce(0) { $0 + points[$1] }
        for (person, most) in byLeft {
            let price = try owed.over(Ratio(rest))
            if !(most < price) { return price }
            owed = try owed.subtracting(left[person])
            rest -= points[person]
        }
        return nil
    }

    /// Phragmén's sequential rule; of projects that are exactly as good the first wins.
    static func phragmen(_ vote: MoneyVote, _ points: Points) throws -> [Int] {
        var loads = [Ratio](repeating: Ratio(0), count: points.count)
        var bought: [Int] = []
        var left = vote.budget
        while true {
            var best: [Int] = []
            var lowest: Ratio?
            for project in vote.projects.indices where !bought.contains(project) {
                let supporters = points.indices.filter { points[$0][project] > 0 }
                guard !supporters.isEmpty, vote.projects[project].cost <= vote.budget else { continue }
                let carried = try supporters.reduce(Ratio(vote.projects[project].cost)) { try $0.adding(loads[$1]) }
                let load = try carried.over(Ratio(supporters.count))
                if lowest == nil || load < lowest! { (lowest, best) = (load, []) }
                if load == lowest { best.append(project) }
            }
            guard let first = best.first, best.allSatisfy({ vote.projects[$0].cost <= left }) else { return bought }
            bought.append(first)
            left -= vote.projects[first].cost
            for person in points.indices where points[person][first] > 0 { loads[person] = lowest! }
        }
    }
}

/// Small elections made by lot, with many ties.
struct RandomVote {
    let vote: MoneyVote
    let points: PlainShares.Points

    init(_ lot: inout Lot, _ kind: MoneyVote.Kind) throws {
        let projects = (0...lot.draw(below: 6)).map { MoneyVote.Project(id: "p\($0)", cost: 1 + lot.draw(below: 8)) }
        let people = 1 + lot.draw(below: 8)
        let likes = 1 + lot.draw(below: 3)
        var ballots: [[Int]] = []
        for _ in 0..<people {
            let order = lot.order(of: projects.count)
            ballots.append(order.filter { _ in lot.draw(below: 4) < likes })
        }
        let given = ballots.map { $0.map { _ in 1 + lot.draw(below: 4) } }
        let sum = projects.reduce(0) { $0 + $1.cost }
        vote = try MoneyVote(
            kind, budget: 1 + lot.draw(below: sum), projects: projects, ballots: ballots, points: given)
        points = zip(ballots, given).map { ballot, given in
            projects.indices.map { project in
                guard let place = ballot.firstIndex(of: project) else { return 0 }
                return kind == .points ? given[place] : 1
            }
        }
    }
}
