extension Rule {
    /// The rules by which ballots move from one option to the next.
    static let runOffs: [Rule] = [instantRunoff, scottishSTV, meekSTV, rankedChoice]

    static let instantRunoff = Rule(
        name: "instant-runoff", title: "Instant run-off", takes: .ranked,
        explanation:
            "Every ballot counts for the option it likes most of those that are left. The option with the fewest ballots stands down, again and again, until one has more than half.",
        story: "Nine people rank three places to meet: the hall, the café and the park.",
        example: "4:Hall>Café>Park\n3:Café>Park>Hall\n2:Park>Café>Hall\n",
        counting: ranked { ballots, asked throws(Uncountable) in
            try onlyOne(asked)
            return try InstantRunoff.count(ballots, ties: asked.ties)
        })

    static let scottishSTV = Rule(
        name: "scottish-stv", title: "Single transferable vote, as in Scotland", takes: .ranked,
        explanation:
            "Whoever has enough votes for a seat is elected, and what they have above that passes on to the next choice on their ballots. When nobody has enough, the one with the fewest stands down and their ballots pass on whole.",
        story: "Twenty people choose two speakers out of four.",
        example: "9:Ann>Ben>Cat\n6:Cat>Dan\n3:Ben>Ann\n2:Dan>Cat\n", exampleSeats: 2,
        counting: ranked { ballots, asked throws(Uncountable) in
            try ScottishSTV.count(ballots, seats: asked.seats, ties: asked.ties)
        })

    static let meekSTV = Rule(
        name: "meek-stv", title: "Single transferable vote, by Meek's method", takes: .ranked,
        explanation:
            "Whoever is elected keeps only as large a part of every ballot as they need, and the rest goes to its next choice, even when that one is elected too. What is needed is worked out again whenever ballots run out of choices.",
        story: "Twenty people choose two speakers out of four.",
        example: "9:Ann>Ben>Cat\n6:Cat>Dan\n3:Ben>Ann\n2:Dan>Cat\n", exampleSeats: 2,
        counting: ranked { ballots, asked throws(Uncountable) in
            try MeekSTV.count(ballots, seats: asked.seats, ties: asked.ties)
        })

    static let rankedChoice = Rule(
        name: "ranked-choice", title: "Ranked choice, with a city's options", takes: .ranked,
        explanation:
            "Ballots count for their best option that is left, and the lowest are eliminated until enough reach the threshold. Settings say what happens to ballots with mistakes on them, how exact the figures are, and how ties go.",
        story: "Eight people rank three names; one marked two of them first, so that ballot ends.",
        example: "4:Ann>Ben\n3:Ben>Cat\n1:Cat=Ann\n",
        settings: [
            Setting("overvote", "What two marks at one rank do: exhaust, skip or exhaustIfSeveralContinue."),
            Setting("skipped", "How many ranks in a row may be left empty before a ballot ends."),
            Setting("mode", "How several win: threshold, oneARound, bottomsUp, bottomsUpToShare or sequential."),
            Setting("share", "For bottomsUpToShare, the share that everybody needs, in a hundred."),
            Setting("places", "How many decimal places figures have, 0 to 18; usually 4."),
            Setting("fractional", "yes for a threshold with decimal places."),
            Setting("hare", "yes for a threshold of the ballots shared by the seats."),
            Setting("first-threshold", "yes to keep the first round's threshold."),
            Setting("batches", "yes to eliminate all at once who can't win."),
            Setting("to-two", "yes to go on until two are left."),
            Setting("repeats", "yes to end a ballot that names an option twice."),
            Setting("fewest", "Whoever has fewer votes than this is eliminated first."),
            Setting("look-back", "yes to settle ties by earlier rounds first."),
        ],
        counting: ranked { ballots, asked throws(Uncountable) in
            var settings = RankedChoice.Settings()
            settings.seats = asked.seats
            settings.overvote = try asked.choice("overvote", or: settings.overvote)
            settings.mode = try asked.choice("mode", or: settings.mode)
            settings.mostSkipped = try asked.number("skipped")
            settings.sharePercent = try asked.number("share") ?? settings.sharePercent
            settings.places = try asked.number("places") ?? settings.places
            settings.fewestVotes = try asked.number("fewest") ?? settings.fewestVotes
            settings.hasFractionalThreshold = try asked.flag("fractional")
            settings.isHare = try asked.flag("hare")
            settings.keepsFirstThreshold = try asked.flag("first-threshold")
            settings.eliminatesBatches = try asked.flag("batches")
            settings.continuesToTwo = try asked.flag("to-two")
            settings.endsAtRepeat = try asked.flag("repeats")
            settings.looksBack = try asked.flag("look-back")
            return try RankedChoice.count(ballots, settings, ties: asked.ties)
        })

    /// A rule that counts orders.
    static func ranked(
        _ count: @escaping @Sendable (Ballots, Asked) throws(Uncountable) -> Outcome
    ) -> @Sendable (Papers, Asked) throws(Uncountable) -> Outcome {
        { papers, asked throws(Uncountable) in
            guard case .ranked(let ballots) = papers else {
                throw .unanswerable("This rule counts ranked ballots, and these are \(papers.kind).")
            }
            return try count(ballots, asked)
        }
    }

    /// Refuses more than one seat for a rule that fills one.
    static func onlyOne(_ asked: Asked) throws(Uncountable) {
        guard asked.seats == 1 else {
            throw .unanswerable("This rule elects one, and \(asked.seats) seats were asked for.")
        }
    }
}
