/// How many people said what to a statement.
public struct Tally: Sendable, Hashable {
    public var agree: Int
    public var disagree: Int
    public var pass: Int
    /// How many said any of the three.
    public var seen: Int { agree + disagree + pass }

    public init(agree: Int = 0, disagree: Int = 0, pass: Int = 0) {
        self.agree = agree
        self.disagree = disagree
        self.pass = pass
    }

    /// Out of counts by code.
    init(_ counts: [UInt32], column: Int) {
        self.init(
            agree: Int(counts[column * 3 + 2]), disagree: Int(counts[column * 3]), pass: Int(counts[column * 3 + 1]))
    }

    /// How many said a side.
    func count(_ side: Opinion) -> Int {
        switch side {
        case .agree: agree
        case .disagree: disagree
        case .pass: pass
        }
    }

    mutating func add(_ opinion: Opinion, _ number: Int = 1) {
        switch opinion {
        case .agree: agree += number
        case .disagree: disagree += number
        case .pass: pass += number
        }
    }
}

extension Tally {
    /// How likely somebody is to say a side, a little nearer to a half than the share of those who did, the more so
    /// the fewer were asked: `(successes + 1) / (trials + 2)`, between 0 and 1 (12).
    public static func probability(_ successes: Int, of trials: Int) -> Double {
        (Double(successes) + 1) / (Double(trials) + 2)
    }

    /// How sure it is that more than half say a side, in standard deviations (12).
    public static func test(_ successes: Int, of trials: Int) -> Double {
        let all = Double(trials) + 1
        return 2 * all.squareRoot() * ((Double(successes) + 1) / all - 0.5)
    }

    /// How sure it is that these say a side more than others do, in standard deviations; 0 where everybody does (12).
    public static func test(_ successes: Int, of trials: Int, against others: Int, of all: Int) -> Double {
        let (x1, x2) = (Double(successes) + 1, Double(others) + 1)
        let (n1, n2) = (Double(trials) + 1, Double(all) + 1)
        let pooled = (x1 + x2) / (n1 + n2)
        // Where nobody has been asked but all have said it, what is pooled passes 1 and has no deviation.
        let variance = pooled * (1 - pooled) * (1 / n1 + 1 / n2)
        guard variance > 0 else { return 0 }
        return (x1 / n1 - x2 / n2) / variance.squareRoot()
    }
}
