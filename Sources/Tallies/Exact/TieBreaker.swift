/// Chooses among those who are tied, and can be told to choose otherwise, so that every outcome can be walked through.
struct TieBreaker {
    private var ties: Deciding
    /// What to choose at the first ties, by place among the tied; thereafter the first. For walking through all.
    private var script: [Int]?
    /// How many were tied, each time.
    private(set) var met: [Int] = []

    init(_ ties: Ties) { self.ties = Deciding(ties) }

    private init(script: [Int]) {
        self.init(.order([]))
        self.script = script
    }

    /// One of those given, and what to say of it; nothing is said where there was no tie. There is at least one.
    mutating func choose(among tied: [Int]) -> (chosen: Int, event: Event?) {
        guard tied.count > 1 else { return (tied[0], nil) }
        met.append(tied.count)
        if let script {
            let place = met.count <= script.count ? script[met.count - 1] : 0
            return (tied[place], nil)
        }
        let (chosen, way) = ties.favoured(tied)
        return (chosen, .tie(tied, chosen: [chosen], way))
    }

    /// Everything that a rule can come to when ties fall one way or another, each once; at most `limit` runs.
    ///
    /// - Returns: nothing where there would be more.
    static func everyOutcome<Result: Hashable>(
        limit: Int, _ run: (inout TieBreaker) throws(Uncountable) -> Result
    ) throws(Uncountable) -> Set<Result>? {
        var found: Set<Result> = []
        var script: [Int] = []
        for _ in 0..<limit {
            var breaker = TieBreaker(script: script)
            found.insert(try run(&breaker))
            var next = script + Array(repeating: 0, count: max(0, breaker.met.count - script.count))
            // Counts up, the last tie first, as an odometer does.
            while let last = next.indices.last, next[last] + 1 >= breaker.met[last] { next.removeLast() }
            guard !next.isEmpty else { return found }
            next[next.count - 1] += 1
            script = next
        }
        return nil
    }
}
