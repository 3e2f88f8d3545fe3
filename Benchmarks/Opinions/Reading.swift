import Opinions

/// How fast votes are read out of exports: kept ones, and ones that are made up to be large.
enum Reading {
    /// Megabytes a second of the processor (reading is done on one) from the bytes of a file to its votes: the median
    /// of some turns.
    ///
    /// - Parameter turns: 1 at least.
    static func speed(of bytes: [UInt8], turns: Int) throws -> (rate: Double, votes: Int) {
        let isTable = bytes.starts(with: "participant,".utf8)
        var (rates, count): ([Double], Int) = ([], 0)
        for _ in 0..<max(1, turns) {
            let begun = Files.processorSeconds()
            count = try (isTable ? Votes(participantsCSV: bytes) : Votes(votesCSV: bytes)).count
            rates.append(Double(bytes.count) / 1e6 / (Files.processorSeconds() - begun))
        }
        return (rates.sorted()[rates.count / 2], count)
    }

    /// A `votes.csv` of made-up votes, in the order in which Polis lists them: by statement, then by person.
    ///
    /// - Parameter share: how many of all the votes that there could be are cast, from 0 to 1.
    static func madeUpVotes(people: Int, statements: Int, share: Double) -> [UInt8] {
        var (chance, bytes) = (Chance(), Array("timestamp,datetime,comment-id,voter-id,vote\n".utf8))
        let begun = 1_567_382_954_000
        for statement in 0..<statements {
            for person in 0..<people where chance.next(below: 1_000_000) < Int(share * 1_000_000) {
                let time = begun + chance.next(below: 10_000_000_000)
                let vote = chance.next(below: 3) - 1
                bytes += "\(time),Sun Sep 01 17:09:14 PDT 2019,\(statement),\(person),\(vote)\n".utf8
            }
        }
        return bytes
    }

    /// A `participants-votes.csv`, likewise.
    static func madeUpTable(people: Int, statements: Int, share: Double) -> [UInt8] {
        var chance = Chance()
        let participants = (0..<people).map { person in
            var answers: [ExportedParticipant.Answer] = []
            for column in 0..<statements where chance.next(below: 1_000_000) < Int(share * 1_000_000) {
                answers.append(.init(column: column, opinion: Opinion.allCases[chance.next(below: 3)]))
            }
            return ExportedParticipant(participant: person, group: person % 3, answers: answers)
        }
        return ParticipantsExport(participants, statements: Array(0..<statements)).written()
    }

    /// The same numbers everywhere (a linear congruence, of which only the upper half is used).
    private struct Chance {
        private var state: UInt64 = 2026

        mutating func next(below limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let mixed = (state ^ (state >> 29)) &* 0x94d0_49bb_1331_11eb
            return Int((mixed >> 20) % UInt64(limit))
        }
    }
}
