/// People within a group who stand closer together (step 9).
public struct Subgroup: Sendable, Equatable {
    /// The place it was found at within its group, from 0.
    public let id: Int
    /// Numbers of its people as they stand in the file, in the order in which they first voted.
    public let members: [Int]
    /// Places in `baseClusters` of those that it is made of.
    public let baseClusters: [Int]
    public let centre: Point
    /// What it said, by statement.
    public let tallies: [Tally]
    /// What makes it what it is beside the others of its group, the most telling first, five at most.
    public let tellingStatements: [TellingStatement]
}

extension Conversation {
    /// The groups within each group, as of the last refresh: its base clusters are put into groups as all of them were,
    /// and what these say is held against the rest of their own group. A list for each group; none where it is too
    /// small to be divided, or all of it stands at one place.
    ///
    /// They are found anew each time that they are asked for, with one pass over the votes; nothing is smoothed from
    /// one time to the next.
    public func subgroups() async -> [[Subgroup]] {
        let choices = analysis.groups.map(division)
        // By base cluster: its subgroup, all of them counted through.
        var (places, count) = ([Int32](repeating: -1, count: base.count), 0)
        for (group, choice) in zip(analysis.groups, choices) {
            for (cluster, label) in zip(group.baseClusters, choice.labels) {
                places[cluster] = Int32(count) + label
            }
            count += choice.count
        }
        let labels = (0..<votes.participantCount).map { row -> Int32 in
            row < base.labels.count && base.labels[row] >= 0 ? places[Int(base.labels[row])] : -1
        }
        let tallies = await Matrix(votes).groupTallies(labels, count: count)
        var first = 0
        return zip(analysis.groups, choices).map { group, choice in
            let own = Array(tallies[first..<first + choice.count])
            first += choice.count
            return subgroups(of: group, choice, own)
        }
    }

    /// How a group's base clusters are put into groups; none where it has too few people.
    private func division(of group: Group) -> Clusters {
        guard group.members.count >= method.fewestGrouped else { return Clusters() }
        var part = Clusters()
        part.ids = group.baseClusters.map { base.ids[$0] }
        part.centres = group.baseClusters.map { base.centres[$0] }
        let sizes = group.baseClusters.map { Double(analysis.baseClusters[$0].members.count) }
        var grouper = Grouper()
        return grouper.choose(part, sizes: sizes, method)?.clusters ?? Clusters()
    }

    private func subgroups(of group: Group, _ choice: Clusters, _ tallies: [[Tally]]) -> [Subgroup] {
        let clusters = choice.ids.indices.map { place in
            zip(group.baseClusters, choice.labels).filter { Int($0.1) == place }.map(\.0)
        }
        let rows = clusters.map { $0.flatMap { analysis.baseClusters[$0].members }.sorted() }
        let statements = analysis.statements
        let sizes = rows.map(\.count)
        return choice.ids.indices.map { place in
            let figures = statements.indices.map { self.figures(place, $0, of: tallies, sizes: sizes) }
            let (columns, best) = Telling.columns(figures, skipped: isModeratedOut, method)
            return Subgroup(
                id: choice.ids[place], members: rows[place].map { analysis.participants[$0] },
                baseClusters: clusters[place], centre: Point(choice.centres[place]), tallies: tallies[place],
                tellingStatements: columns.map {
                    TellingStatement(statements[$0], figures[$0], isBestAgree: $0 == best)
                })
        }
    }
}
