/// One vote more, and at once all that hangs on it.
extension Conversation {
    /// Takes a vote. Right at once, given who is in which base cluster: what was counted, what is agreed on, what tells
    /// groups apart, what divides them, what to ask next, and where this person and this statement stand on the axes
    /// there are. Somebody who has moved nearer to another base cluster goes there, and with it perhaps to another
    /// group. The axes, and where all others stand, follow with the next `refresh`.
    ///
    /// - Returns: what the vote changed; nothing if it was beyond the limits.
    @discardableResult
    public mutating func cast(_ vote: Vote) -> Votes.Change? {
        if analysis.statements.count < votes.statementCount { widenAll() }
        guard let change = keep(vote) else { return nil }
        if change.isNewParticipant { lengthen(vote.participant) }
        if change.isNewStatement {
            widen(vote.statement)
            // All are stretched by how many statements there are.
            for column in analysis.statements.indices.dropLast() {
                place(column)
                analysis.priorities[column] = priority(column)
            }
        }
        analysis.tallies[change.column].change(change)
        place(change.column)
        var changed = move(change)
        changed.insert(change.column, at: 0)
        for column in changed { revise(column) }
        list()
        return change
    }

    /// Makes room for whatever was in the votes before the first refresh.
    private mutating func widenAll() {
        for participant in votes.participants.dropFirst(analysis.participants.count) { lengthen(participant) }
        for statement in votes.statements.dropFirst(analysis.statements.count) { widen(statement) }
        analysis.tallies = votes.tallies
        for column in analysis.statements.indices {
            place(column)
            revise(column)
        }
    }

    private mutating func lengthen(_ participant: Int) {
        analysis.participants.append(participant)
        analysis.projections.append(Point(x: 0, y: 0))
        base.labels.append(-1)
        if !counted.isEmpty { counted.append(-1) }
    }

    private mutating func widen(_ statement: Int) {
        analysis.statements.append(statement)
        isModeratedOut.append(votes.moderatedOut.contains(statement))
        isZeroed.append(isModeratedOut[isModeratedOut.count - 1] || votes.meta.contains(statement))
        analysis.axes.centre.append(0)
        analysis.axes.first.append(0)
        analysis.axes.second.append(0)
        analysis.tallies.append(Tally())
        for group in analysis.groupTallies.indices {
            analysis.groupTallies[group].append(Tally())
            figures[group].append(Figures(Tally(), others: Tally()))
        }
        analysis.statementProjections.append(Point(x: 0, y: 0))
        analysis.extremities.append(0)
        analysis.consensus.acrossGroups.append(0)
        analysis.priorities.append(0)
    }

    /// Where a statement stands, now that its mean is another.
    private mutating func place(_ column: Int) {
        let (tally, axes) = (analysis.tallies[column], analysis.axes)
        let mean = isZeroed[column] || tally.seen == 0 ? 0 : Double(tally.agree - tally.disagree) / Double(tally.seen)
        analysis.axes.centre[column] = mean
        let stretch = Double(analysis.statements.count).squareRoot() * (1 - mean)
        let point = Point(x: axes.first[column] * stretch, y: axes.second[column] * stretch)
        analysis.statementProjections[column] = point
        analysis.extremities[column] = point.length
    }

    /// Places the person, and counts the vote in their group. Columns, other than that of the vote, that changed for
    /// some group.
    private mutating func move(_ change: Votes.Change) -> [Int] {
        let (row, before) = (change.row, group(ofRow: change.row))
        analysis.projections[row] = projection(row)
        if included.add(row, votes, method) {
            analysis.included.insert(row, at: analysis.included.partitioned(before: row))
        }
        let after = settle(row)
        if row < counted.count { counted[row] = after }
        guard before == after else {
            let votes = votes.votes(row: row)
            // Before this vote, there was what it changed, or nothing.
            if before >= 0 {
                for vote in votes where vote.column != change.column {
                    analysis.groupTallies[Int(before)][vote.column].add(vote.opinion, -1)
                }
                if let opinion = change.before { analysis.groupTallies[Int(before)][change.column].add(opinion, -1) }
            }
            if after >= 0 {
                for vote in votes { analysis.groupTallies[Int(after)][vote.column].add(vote.opinion) }
            }
            return votes.map(\.column)
        }
        if after >= 0 { analysis.groupTallies[Int(after)][change.column].change(change) }
        return []
    }

    private func projection(_ row: Int) -> Point {
        let axes = analysis.axes
        var (sum, answered) = (SIMD2<Double>.zero, 0)
        for index in votes.span(row) {
            let (column, value) = Int(votes.codes[index]).quotientAndRemainder(dividingBy: 3)
            guard !isZeroed[column] else { continue }
            answered += 1
            sum += SIMD2(axes.first[column], axes.second[column]) * (Double(value - 1) - axes.centre[column])
        }
        answered += isZeroed.count { $0 }
        return Point(sum * (Double(isZeroed.count) / Double(max(1, answered))).squareRoot())
    }

    /// Puts a person who is in into the nearest base cluster; the place of the group that this belongs to, or -1.
    private mutating func settle(_ row: Int) -> Int32 {
        guard included.isIn.count > row, included.isIn[row], base.count > 0 else { return group(ofRow: row) }
        let (old, before) = (Int(base.labels[row]), group(ofRow: row))
        let new = Points.nearest(to: analysis.projections[row].vector, of: base.centres)
        guard new != old else { return before }
        base.labels[row] = Int32(new)
        if old >= 0 { analysis.baseClusters[old].members.leave(row) }
        analysis.baseClusters[new].members.join(row)
        let after = group(ofRow: row)
        if before != after { changeGroup(row, from: before, to: after) }
        return after
    }

    private mutating func changeGroup(_ row: Int, from before: Int32, to after: Int32) {
        let (votes, participant) = (votes, analysis.participants[row])
        let place = { (members: [Int]) in members.partitioned { votes.row(of: $0)! < row } }
        if before >= 0 {
            let index = place(analysis.groups[Int(before)].members)
            analysis.groups[Int(before)].members.remove(at: index)
        }
        if after >= 0 {
            analysis.groups[Int(after)].members.insert(participant, at: place(analysis.groups[Int(after)].members))
        }
    }

    /// Whatever hangs on the counts of one statement.
    private mutating func revise(_ column: Int) {
        for group in analysis.groups.indices { figures[group][column] = figures(group, column) }
        analysis.consensus.acrossGroups[column] = acrossGroups(column)
        analysis.priorities[column] = priority(column)
    }
}

extension Tally {
    fileprivate mutating func change(_ change: Votes.Change) {
        if let before = change.before { add(before, -1) }
        add(change.after)
    }
}

extension [Int] {
    /// How many come before the first for which this is not so.
    func partitioned(by isBefore: (Int) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Where a number belongs in an ascending list.
    func partitioned(before number: Int) -> Int { partitioned { $0 < number } }

    fileprivate mutating func leave(_ number: Int) {
        let place = partitioned(before: number)
        if place < count, self[place] == number { remove(at: place) }
    }

    fileprivate mutating func join(_ number: Int) { insert(number, at: partitioned(before: number)) }
}
