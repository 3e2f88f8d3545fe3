/// Thiele's measure of how well a committee serves people, in whole numbers: to each person the first member that
/// they approve counts 1, the second ½, the third ⅓, and so on, all times a number that every one of these divides.
struct Harmonic {
    /// What 1 is worth: the least common multiple of all numbers up to that of seats.
    let one: Int128

    /// Refuses more seats than 128 bits can weigh exactly (some fifty).
    init(seats: Int) throws(Uncountable) {
        var one: Int128 = 1
        for number in 1...max(1, seats) {
            one = one / Int128(Ratio.commonDivisor(one.magnitude, UInt128(number))) * Int128(number)
            guard one < Self.largest else { throw .tooLarge("The common measure of so many seats") }
        }
        self.one = one
    }

    /// With 2⁴⁰ people and a sum of at most 8 for each, everything stays below 2¹²⁷.
    private static let largest: Int128 = 1 << 83

    /// What another member is worth to somebody who has so many.
    @inline(__always)
    func next(_ members: Int) -> Int128 { one / Int128(members + 1) }
}

/// What each option would add, as members are chosen and taken back.
struct Gains {
    let electorate: Electorate
    let harmonic: Harmonic
    /// What each option would add to what has been chosen.
    private(set) var gains: [Int128]
    /// How many of the chosen each faction approves.
    private var has: [Int]

    init(_ electorate: Electorate, seats: Int) throws(Uncountable) {
        self.electorate = electorate
        harmonic = try Harmonic(seats: seats)
        let one = harmonic.one
        gains = electorate.support.map { Int128($0) * one }
        has = .init(repeating: 0, count: electorate.factions)
    }

    /// Chooses an option: everybody who approves it has one more, and gains less from others.
    mutating func choose(_ option: Int) {
        for place in electorate.range(of: option) {
            let faction = Int(electorate.supporters[place].index)
            shift(faction, by: harmonic.next(has[faction] + 1) - harmonic.next(has[faction]))
            has[faction] += 1
        }
    }

    /// Takes the option back that was chosen last.
    mutating func takeBack(_ option: Int) {
        for place in electorate.range(of: option) {
            let faction = Int(electorate.supporters[place].index)
            has[faction] -= 1
            shift(faction, by: harmonic.next(has[faction]) - harmonic.next(has[faction] + 1))
        }
    }

    private mutating func shift(_ faction: Int, by difference: Int128) {
        let shift = Int128(electorate.weights[faction]) * difference
        for place in electorate.range(ofFaction: faction) { gains[Int(electorate.ballots[place].index)] += shift }
    }
}
