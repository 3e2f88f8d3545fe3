/// What follows from the votes once the groups are known: counts, and what they say.
extension Conversation {
    mutating func recount(_ matrix: Matrix) async {
        analysis.participants = votes.participants
        analysis.statements = votes.statements
        analysis.included = included.rows
        analysis.tallies = votes.tallies
        isModeratedOut = votes.statements.map(votes.moderatedOut.contains)
        isZeroed = matrix.zeroed
        analysis.statementProjections = matrix.statementProjections(on: analysis.axes)
        analysis.extremities = analysis.statementProjections.map(\.length)
        listMembers()
        await countGroups(matrix)
        refigure()
    }

    /// Counts what each group said; where few people have changed their group, only their votes.
    private mutating func countGroups(_ matrix: Matrix) async {
        let labels = groupLabels
        let isKnown = counted.count == labels.count && analysis.groupTallies.count == analysis.groups.count
        let changed = isKnown ? labels.indices.filter { labels[$0] != counted[$0] } : []
        if isKnown, changed.count <= labels.count / Self.fewChanged {
            for row in changed {
                for index in votes.span(row) {
                    let (column, opinion) = (Int(votes.codes[index]) / 3, Votes.opinion(votes.codes[index]))
                    if counted[row] >= 0 { analysis.groupTallies[Int(counted[row])][column].add(opinion, -1) }
                    if labels[row] >= 0 { analysis.groupTallies[Int(labels[row])][column].add(opinion) }
                }
            }
        } else {
            analysis.groupTallies = await matrix.groupTallies(labels, count: analysis.groups.count)
        }
        counted = labels
    }

    /// To move a vote costs some times as much as to count it: with fewer than one person in so many to move, that is
    /// quicker.
    private static let fewChanged = 16

    /// By row: the place of the group, or -1.
    private var groupLabels: [Int32] {
        guard base.labels.count == votes.participantCount else { return votes.counts.indices.map(group(ofRow:)) }
        return base.labels.map { $0 < 0 ? -1 : groupOfBase[Int($0)] }
    }

    /// Who is in which base cluster and in which group.
    private mutating func listMembers() {
        var members = [[Int]](repeating: [], count: base.count)
        var numbers = [[Int]](repeating: [], count: analysis.groups.count)
        var sizes = [Int](repeating: 0, count: base.count)
        for label in base.labels where label >= 0 { sizes[Int(label)] += 1 }
        for (place, size) in sizes.enumerated() { members[place].reserveCapacity(size) }
        for (place, group) in analysis.groups.enumerated() {
            numbers[place].reserveCapacity(group.baseClusters.reduce(0) { $0 + sizes[$1] })
        }
        for row in included.rows {
            members[Int(base.labels[row])].append(row)
            let group = group(ofRow: row)
            if group >= 0 { numbers[Int(group)].append(analysis.participants[row]) }
        }
        analysis.baseClusters = base.ids.indices.map {
            BaseCluster(id: base.ids[$0], members: members[$0], centre: Point(base.centres[$0]))
        }
        for group in numbers.indices { analysis.groups[group].members = numbers[group] }
    }

    private mutating func refigure() {
        let columns = analysis.statements.indices
        let sizes = analysis.groups.map(\.members.count)
        figures = analysis.groups.indices.map { group in
            columns.map { figures(group, $0, of: analysis.groupTallies, sizes: sizes) }
        }
        analysis.consensus.acrossGroups = columns.map(acrossGroups)
        analysis.priorities = columns.map(priority)
        list()
    }

    /// The lists of the most telling, the most agreed on, the most divisive.
    mutating func list() {
        let statements = analysis.statements
        analysis.tellingStatements = figures.map { figures in
            let (columns, best) = Telling.columns(figures, skipped: isModeratedOut, method)
            return columns.map { TellingStatement(statements[$0], figures[$0], isBestAgree: $0 == best) }
        }
        let tallies = analysis.tallies
        analysis.consensus.agree = Consensus.list(.agree, tallies, statements, skipped: isZeroed, method)
        analysis.consensus.disagree = Consensus.list(.disagree, tallies, statements, skipped: isZeroed, method)
        analysis.divisive = DivisiveStatement.list(analysis.groupTallies, statements, skipped: isZeroed, method)
    }

    /// How a group speaks of a statement.
    func figures(_ group: Int, _ column: Int) -> Figures {
        figures(group, column, of: analysis.groupTallies, sizes: analysis.groups.map(\.members.count))
    }

    /// How one of several groups speaks of a statement, beside the others. A zeroed one counts as passed on by every
    /// member (2).
    ///
    /// - Parameters:
    ///   - tallies: a list by statement for each of them.
    ///   - sizes: how many people each has.
    func figures(_ place: Int, _ column: Int, of tallies: [[Tally]], sizes: [Int]) -> Figures {
        guard !isZeroed[column] else {
            return Figures(Tally(pass: sizes[place]), others: Tally(pass: sizes.reduce(0, +) - sizes[place]))
        }
        let (own, all) = (tallies[place][column], Self.sum(of: tallies, column))
        let others = Tally(
            agree: all.agree - own.agree, disagree: all.disagree - own.disagree, pass: all.pass - own.pass)
        return Figures(own, others: others)
    }

    /// What several groups together said to a statement.
    private static func sum(of tallies: [[Tally]], _ column: Int) -> Tally {
        var all = Tally()
        for tallies in tallies {
            all.agree += tallies[column].agree
            all.disagree += tallies[column].disagree
            all.pass += tallies[column].pass
        }
        return all
    }

    func acrossGroups(_ column: Int) -> Double { Consensus.acrossGroups(analysis.groupTallies, column) }

    /// Without groups, everybody's votes decide what is asked next.
    func priority(_ column: Int) -> Double {
        Priority.of(
            analysis.groups.isEmpty ? analysis.tallies[column] : Self.sum(of: analysis.groupTallies, column),
            extremity: analysis.extremities[column], isMeta: votes.meta.contains(analysis.statements[column]), method)
    }
}
