/// The places of things by their number: the third person to vote has place 2, whatever number the file gives them.
///
/// Small numbers, which is what files have, are looked up in a table; others, however strange, in a dictionary.
struct Numbering: Sendable {
    /// Numbers in order of place.
    private(set) var numbers: [Int] = []
    private var table: [Int32] = []
    private var others: [Int: Int32] = [:]

    /// Numbers below this have a table, which then takes 8 MB at most, even where only one strange number is that
    /// large.
    private static let tabled = 1 << 21

    var count: Int { numbers.count }

    /// The place of a number, if it has one.
    func place(of number: Int) -> Int? {
        if number >= 0, number < table.count {
            let place = table[number]
            return place < 0 ? nil : Int(place)
        }
        return others[number].map(Int.init)
    }

    /// The places of small numbers, by number; below 0 where there is none yet.
    func withTable(_ look: (UnsafeBufferPointer<Int32>) -> Void) { table.withUnsafeBufferPointer(look) }

    /// Gives a new number the next place.
    mutating func add(_ number: Int) -> Int {
        let place = Int32(numbers.count)
        numbers.append(number)
        if number >= 0, number < Self.tabled {
            if number >= table.count {
                let length = min(Self.tabled, max(number + 1, table.count * 2, 64))
                table += [Int32](repeating: -1, count: length - table.count)
            }
            table[number] = place
        } else {
            others[number] = place
        }
        return Int(place)
    }
}
