extension WordList {
    /// At most this many are offered: enough to choose from at a glance.
    static let mostOffered = 3
    /// More slips than this and an offer would be a guess.
    static let mostSlips = 2

    /// The words most like one that isn't in the list, the likeliest first; none when nothing is near.
    static func nearest(to word: String) -> [String] {
        let typed = Array(word.utf8)
        var near: [(slips: Int, isStrange: Bool, word: String)] = []
        for candidate in words {
            let letters = Array(candidate.utf8)
            // Somebody who writes only the beginning is compared with only the beginning.
            let slips = min(
                slips(from: typed, to: letters),
                typed.count <= enough ? slips(from: typed, to: Array(letters.prefix(enough))) : .max
            )
            if slips <= mostSlips, slips < typed.count {
                near.append((slips, letters.first != typed.first, candidate))
            }
        }
        near.sort { ($0.slips, $0.isStrange ? 1 : 0, $0.word) < ($1.slips, $1.isStrange ? 1 : 0, $1.word) }
        return near.prefix(mostOffered).map(\.word)
    }

    /// How many letters were added, left out, mistaken or changed about with their neighbour.
    static func slips(from typed: [UInt8], to word: [UInt8]) -> Int {
        guard abs(typed.count - word.count) <= mostSlips else { return .max }
        var before: [Int] = []
        var last = Array(0...word.count)
        for (row, letter) in typed.enumerated() {
            var here = [row + 1]
            for (column, wanted) in word.enumerated() {
                var best = min(here[column] + 1, last[column + 1] + 1, last[column] + (letter == wanted ? 0 : 1))
                if row > 0, column > 0, letter == word[column - 1], typed[row - 1] == wanted {
                    best = min(best, before[column - 1] + 1)
                }
                here.append(best)
            }
            (before, last) = (last, here)
        }
        return last[word.count]
    }
}
