import Opinions
import Testing

@Suite("Votes")
struct VotesTests {
    private func vote(_ person: Int, _ statement: Int, _ opinion: Opinion, _ time: Int64 = 0) -> Vote {
        Vote(participant: person, statement: statement, opinion: opinion, time: time)
    }

    @Test("people and statements stand in the order of their first vote, by the clock")
    func order() {
        let votes = Votes([vote(7, 3, .agree, 20), vote(-4, 9, .pass, 10), vote(7, 9, .disagree, 30)])
        #expect(votes.participants == [-4, 7])
        #expect(votes.statements == [9, 3])
        #expect(votes.opinion(row: 1, column: 0) == .disagree)
        #expect(votes.opinion(row: 0, column: 1) == nil)
        #expect(votes.count == 3)
    }

    @Test("the last vote counts, whether taken together or one by one")
    func last() {
        let all = [
            vote(1, 1, .agree, 1), vote(2, 1, .agree, 2), vote(1, 2, .pass, 3), vote(1, 1, .disagree, 4),
            vote(1, 2, .agree, 5),
        ]
        var one = Votes()
        for vote in all { one.cast(vote) }
        for votes in [Votes(all), Votes(all.reversed()), one] {
            #expect(votes.opinion(row: 0, column: 0) == .disagree)
            #expect(votes.opinion(row: 0, column: 1) == .agree)
            #expect(votes.opinion(row: 1, column: 0) == .agree)
            #expect(votes.count == 3)
        }
    }

    @Test("a vote says what it changed")
    func changes() {
        var votes = Votes()
        let first = votes.cast(vote(5, 6, .pass))
        #expect(first?.before == nil && first?.isNewParticipant == true && first?.isNewStatement == true)
        let second = votes.cast(vote(5, 6, .agree))
        #expect(second?.before == .pass && second?.after == .agree)
        #expect(second?.isNewParticipant == false && second?.isNewStatement == false)
    }

    @Test("rows that grow one by one keep everything they had")
    func growing() {
        var votes = Votes()
        for statement in 0..<300 {
            for person in 0..<7 {
                votes.cast(vote(person, statement, (person + statement) % 2 == 0 ? .agree : .disagree))
            }
        }
        #expect(votes.count == 2100)
        for person in 0..<7 {
            let said = votes.votes(row: person)
            #expect(said.map(\.column) == Array(0..<300))
            #expect(said.allSatisfy { $0.opinion == ((person + $0.column) % 2 == 0 ? .agree : .disagree) })
        }
    }

    @Test("votes that come person by person, or nearly so, lie as if each had been cast by itself")
    func byPerson() {
        var list: [Vote] = []
        for person in 0..<40 {
            for statement in 0..<person % 7 + 1 {
                list.append(vote(person * 3, statement * 5, Opinion.allCases[(person + statement) % 3]))
            }
            // Somebody who changes their mind at once.
            if person % 5 == 0 { list.append(vote(person * 3, 0, .pass)) }
        }
        let late = [vote(9, 0, .disagree), vote(0, 200, .agree), vote(400, 5, .agree)]
        for votes in [list, list + late, late + list, []] {
            var one = Votes()
            for vote in votes { one.cast(vote) }
            let all = Votes(inOrder: votes)
            #expect(all.participants == one.participants && all.statements == one.statements)
            #expect(all.tallies == one.tallies && all.count == one.count)
            for row in 0..<all.participantCount {
                #expect(all.votes(row: row).map(\.column) == one.votes(row: row).map(\.column))
                #expect(all.votes(row: row).map(\.opinion) == one.votes(row: row).map(\.opinion))
            }
        }
    }

    @Test("whoever comes after the limits is left out and counted, and those before go on voting")
    func limits() {
        let limits = Votes.Limits(participants: 1, statements: 1)
        var votes = Votes([vote(1, 1, .agree), vote(2, 1, .agree), vote(1, 2, .agree)], limits: limits)
        #expect(votes.ignored == 2 && votes.count == 1)
        #expect(votes.cast(vote(3, 1, .agree)) == nil)
        #expect(votes.cast(vote(1, 1, .pass))?.before == .agree)
    }

    @Test("the strangest numbers are only numbers")
    func strange() {
        let numbers = [Int.min, Int.max, -1, 0, 1 << 40, (1 << 21) - 1, 1 << 21]
        let votes = Votes(numbers.map { vote($0, ~$0, .agree) })
        #expect(votes.participants == numbers)
        for number in numbers { #expect(votes.row(of: number) == numbers.firstIndex(of: number)) }
        #expect(votes.row(of: 5) == nil && votes.votes(row: 99).isEmpty)
    }
}
