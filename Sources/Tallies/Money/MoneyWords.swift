/// The stages of a count of money, in words to be read aloud.
enum MoneyWords {
    /// A project is bought, and so much is left.
    static func bought(
        _ project: Int, _ vote: MoneyVote, left: Int, tie: Event?, _ standings: [Stage.Standing] = []
    ) -> Stage {
        var stage = Stage()
        stage.standings = standings
        stage.marks = [
            .init("Cost", amount(vote.projects[project].cost, vote)), .init("Money left", amount(left, vote)),
        ]
        if let tie { stage.events.append(tie) }
        stage.events.append(.funded(project))
        return stage
    }

    /// Several give as much for the money, and none of them keeps another out; nothing where there is only one.
    static func room(for tied: [Int], _ vote: MoneyVote) -> Event? {
        guard tied.count > 1 else { return nil }
        let names = Outcome.listed(tied.map { vote.projects[$0].id })
        return .said("\(names) have the same, and there is money for all of them.")
    }

    /// A project is bought by equal shares: what each supporter pays.
    static func bought(_ purchase: SharesRun.Purchase, _ vote: MoneyVote, left: Int, isPlain: Bool) -> Stage {
        let standing = Stage.Standing(purchase.project, .whole(Int(purchase.supporters)))
        var stage = bought(purchase.project, vote, left: left, tie: purchase.tie, [standing])
        let price = written(purchase.price, places: vote.places)
        stage.events.append(.said(whoPays(purchase, price, isPlain ? "" : " for each point they gave")))
        return stage
    }

    /// Who pays what by equal shares. `unit` says for what.
    static func whoPays(_ purchase: SharesRun.Purchase, _ price: String, _ unit: String) -> String {
        let full = purchase.supporters - purchase.short
        var sentence =
            full == 1 ? "1 supporter pays \(price)\(unit)" : "\(full) supporters pay \(price) each\(unit)"
        if purchase.short > 0 {
            sentence +=
                purchase.short == 1
                ? "; 1 who has less gives all they have left"
                : "; \(purchase.short) who have less give all they have left"
        }
        return sentence + "."
    }

    /// A project is bought by Phragmén's rule: how much each of its supporters has been given by then.
    static func bought(
        _ project: Int, _ vote: MoneyVote, left: Int, tie: Event?, load: (dividend: Natural, divisor: Natural)
    ) -> Stage {
        var stage = bought(project, vote, left: left, tie: tie)
        stage.events.append(
            .said(
                "Its supporters can pay when everybody has been given \(written(load, places: vote.places)) since the start."
            ))
        return stage
    }

    /// Phragmén's rule stops.
    static func stopped(_ project: Int, _ vote: MoneyVote, left: Int) -> Stage {
        var stage = Stage(heading: "The end")
        stage.standings = [.init(project, amount(vote.projects[project].cost, vote))]
        stage.marks = [.init("Money left", amount(left, vote))]
        stage.events = [
            .said("\(vote.projects[project].id) would be next, and costs more than is left, so it ends here.")
        ]
        return stage
    }

    /// Everybody begins with more than their share.
    static func raised(_ vote: MoneyVote, by step: Int, _ times: Int) -> Stage {
        var stage = Stage(heading: "What everybody begins with is raised")
        let raised = step * times
        stage.marks = [.init("Raised for each", amount(raised, vote))]
        stage.events = [
            .said("With equal shares alone money is left over, so everybody is given \(vote.written(raised)) more.")
        ]
        return stage
    }

    /// What is left is spent in another way.
    static func filling(_ filling: EqualShares.Filling) -> Stage {
        var stage = Stage(heading: "What is left")
        stage.events = [
            .said(
                filling == .utility
                    ? "What is left is spent on what most people support, as far as it fits."
                    : "What is left is spent on what is worth the most for its cost, as far as it fits.")
        ]
        return stage
    }

    static func amount(_ amount: Int, _ vote: MoneyVote) -> Figure {
        vote.places == 0 ? .whole(amount) : .fixed(Fixed(units: Int128(amount), places: vote.places))
    }

    /// An exact amount with two more decimals than amounts have, to the nearest; `about` where there is a rest.
    static func written(_ amount: (dividend: Natural, divisor: Natural), places decimals: Int = 0) -> String {
        var rest = amount.dividend.times(100)
        var units = Int(Natural.approximately(rest, over: amount.divisor))
        // The approximation may be off at the last digits of a large number, so it is made exact.
        while units > 0, rest < amount.divisor.times(UInt64(units)) { units -= 1 }
        rest.subtract(amount.divisor, times: UInt64(units))
        while !(rest < amount.divisor) {
            rest.subtract(amount.divisor)
            units += 1
        }
        let isNearerAbove = !(rest.times(2) < amount.divisor)
        let text = Fixed(units: Int128(units + (isNearerAbove ? 1 : 0)), places: decimals + 2).description
        return rest.isZero ? text : "about " + text
    }
}
