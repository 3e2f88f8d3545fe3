import Opinions

/// Measures the library by itself, for `bin/bench opinions`. Figures come out one a line, as `name value`.
@main
struct Main {
    static func main() async {
        let words = CommandLine.arguments.dropFirst()
        switch (words.first, words.dropFirst().compactMap { Int($0) }) {
        case ("table", let numbers): await table(words.dropFirst().first ?? "", turns: numbers.first ?? 9)
        case ("made", let numbers) where numbers.count == 3:
            await made(MadeUp(people: numbers[0], statements: numbers[1], votes: numbers[2]))
        case ("read", let numbers): read(words.dropFirst().first ?? "", turns: numbers.first ?? 9)
        default: print("usage: read FILE TURNS, table FILE TURNS, or made PEOPLE STATEMENTS VOTES-OF-EACH")
        }
    }

    static let clock = ContinuousClock()

    static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }

    /// Says how long something took, and how long both cores together were busy with it: a busy machine disturbs the
    /// second less.
    static func timed<Made>(_ name: String, _ work: () async -> Made) async -> Made {
        let (begun, busy) = (clock.now, Files.processorSeconds())
        let made = await work()
        say(name, seconds(clock.now - begun))
        say(name + "-processor", Files.processorSeconds() - busy)
        return made
    }

    static func say(_ name: String, _ value: Double) { print(name, value) }

    /// From the bytes of a file to its votes; without a file, of made-up ones that are large.
    static func read(_ path: String, turns: Int) {
        let files =
            Files.read(path).map { [("file", $0)] } ?? [
                ("votes", Reading.madeUpVotes(people: 100_000, statements: 1000, share: 0.05)),
                ("table", Reading.madeUpTable(people: 20_000, statements: 1000, share: 0.1)),
            ]
        for (name, bytes) in files {
            guard let measured = try? Reading.speed(of: bytes, turns: turns) else {
                return print("cannot read \(path)")
            }
            say("read-\(name)-megabytes-a-second", measured.rate)
            say("read-\(name)-votes", Double(measured.votes))
        }
    }

    /// From the parsed votes of a `participants-votes.csv` to every answer: the median of some turns.
    static func table(_ path: String, turns: Int) async {
        guard let bytes = Files.read(path), let votes = try? ParticipantsExport(reading: bytes).votes else {
            return print("cannot read \(path)")
        }
        var (taken, busy): ([Double], [Double]) = ([], [])
        for _ in 0..<turns {
            let (begun, before) = (clock.now, Files.processorSeconds())
            let analysis = await Conversation.analysis(of: Votes(inOrder: votes))
            taken.append(seconds(clock.now - begun))
            busy.append(Files.processorSeconds() - before)
            precondition(!analysis.groups.isEmpty)
        }
        say("votes", Double(votes.count))
        say("seconds", taken.sorted()[taken.count / 2])
        say("least", taken.min() ?? 0)
        say("processor", busy.sorted()[busy.count / 2])
    }

    /// A conversation that is made up: everything once, one vote many times, and a refresh after these.
    static func made(_ made: MadeUp) async {
        let votes = await timed("laying") { Votes(inOrder: made) }
        var conversation = Conversation(votes)
        conversation = await timed("seconds") { [conversation] in
            var refreshed = conversation
            await refreshed.refresh()
            return refreshed
        }
        say("votes", Double(votes.count))
        say("groups", Double(conversation.analysis.groups.count))
        say("residual", conversation.analysis.axes.residual)
        say("megabytes", Files.peakMegabytes())
        await change(&conversation, made)
        say("megabytes-after", Files.peakMegabytes())
    }

    private static func change(_ conversation: inout Conversation, _ made: MadeUp) async {
        var taken: [Double] = []
        // Votes of others on other statements, and some that change a mind.
        for (number, vote) in MadeUp(people: 2000, statements: made.statements, votes: 1).enumerated() {
            var vote = vote
            vote.participant = number * 7919 % made.people
            vote.statement = (vote.statement + number) % made.statements
            let begun = clock.now
            conversation.cast(vote)
            taken.append(seconds(clock.now - begun))
        }
        taken.sort()
        say("vote", taken[taken.count / 2])
        say("vote-99", taken[taken.count * 99 / 100])
        for name in ["refresh", "refresh-again"] {
            let (begun, busy) = (clock.now, Files.processorSeconds())
            await conversation.refresh(steps: 1)
            say(name, seconds(clock.now - begun))
            say(name + "-processor", Files.processorSeconds() - busy)
            say(name + "-residual", conversation.analysis.axes.residual)
        }
    }
}
