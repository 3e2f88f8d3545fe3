import Opinions

/// Votes made up from a seed: four camps of unequal size, statements on which they differ more or less, and one vote
/// in twenty of all that there could be. The same votes everywhere.
struct MadeUp: Sequence {
    let people: Int
    let statements: Int
    /// How many votes each person casts.
    let votes: Int

    /// Camps and how many in a hundred belong to each.
    static let camps = [38, 30, 20, 12]

    var underestimatedCount: Int { people * votes }

    func makeIterator() -> Iterator { Iterator(made: self) }

    struct Iterator: IteratorProtocol {
        private let made: MadeUp
        private var state: UInt64 = 2026
        private var person = 0
        private var cast = 0
        private var camp = 0
        private var statement = 0
        private var stride = 1
        /// By camp and statement: below the first number agree, below the second disagree, else pass, of 256.
        private var leaning: [(agree: UInt8, disagree: UInt8)] = []

        init(made: MadeUp) {
            self.made = made
            for _ in 0..<MadeUp.camps.count * made.statements {
                let agree = UInt8(20 + drawNumber() % 190)
                leaning.append((agree, agree + UInt8((235 - UInt64(agree)) * (40 + drawNumber() % 60) / 100)))
            }
            begin()
        }

        private mutating func drawNumber() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }

        /// The next person: a camp, and statements a fixed stride apart, so that none comes twice.
        private mutating func begin() {
            let drawn = drawNumber()
            var place = Int(drawn % 100)
            camp = 0
            while place >= MadeUp.camps[camp] {
                place -= MadeUp.camps[camp]
                camp += 1
            }
            statement = Int((drawn >> 8) % UInt64(made.statements))
            // Every odd number that 5 doesn't divide has no factor in common with a round number of statements.
            stride = [1, 3, 7, 9, 11, 13, 17, 19, 21, 23, 27, 29, 31, 33, 37, 39][Int((drawn >> 40) % 16)]
        }

        mutating func next() -> Vote? {
            if cast == made.votes {
                (person, cast) = (person + 1, 0)
                begin()
            }
            guard person < made.people else { return nil }
            let leans = leaning[camp * made.statements + statement]
            let drawn = UInt8(truncatingIfNeeded: drawNumber() >> 20)
            let opinion: Opinion = drawn < leans.agree ? .agree : drawn < leans.disagree ? .disagree : .pass
            let vote = Vote(participant: person, statement: statement, opinion: opinion)
            statement = (statement + stride) % made.statements
            cast += 1
            return vote
        }
    }
}
