import Foundation

/// A text as a row of bare words, to find other words in: without capitals, accents, or marks that can't be seen.
///
/// Made in one pass, and found in by place, so that the longest text takes no more than its length.
struct BareWords: Sendable, Equatable {
    /// Hyphens taken for spaces: `bed-blocker` is two words.
    let apart: [String]
    /// Hyphens taken for nothing: `bed-blocker` is one.
    let together: [String]

    init(_ text: String) {
        var reader = BareWordReader()
        for scalar in text.decomposedStringWithCompatibilityMapping.unicodeScalars { reader.read(scalar) }
        let found = reader.end()
        apart = found.map(\.word)
        together = found.reduce(into: []) { words, piece in
            if piece.isTied, let last = words.indices.last {
                words[last] += piece.word
            } else {
                words.append(piece.word)
            }
        }
    }

    /// Whether a word or phrase of `phrase` stands here, as whole words next to one another.
    func hold(_ phrase: BarePhrase) -> Bool {
        phrase.ways.contains { way in Self.holds(apart, way) || Self.holds(together, way) }
    }

    private static func holds(_ words: [String], _ way: [Set<String>]) -> Bool {
        guard let first = way.first, words.count >= way.count else { return false }
        return (0...(words.count - way.count)).contains { start in
            first.contains(words[start])
                && way.indices.dropFirst().allSatisfy { way[$0].contains(words[start + $0]) }
        }
    }
}

/// A word or phrase to look for, with the forms that it may take.
struct BarePhrase: Sendable, Equatable {
    /// Each way in which it may be written: for each of its words, the forms that count as it.
    let ways: [[Set<String>]]

    /// - Parameter language: what it was written in. In Welsh the first letter of a word may change by
    ///   what is before it.
    init(_ text: String, language: String) {
        let bare = BareWords(text)
        let whole = bare.apart.joined()
        var ways = [bare.apart, bare.together]
        // `bed blocker` is meant by `bedblocker` too; signs that are words by themselves are beside each other already.
        if !whole.isEmpty, bare.apart.contains(where: { $0.count > 1 }) { ways.append([whole]) }
        var seen: Set<[String]> = []
        self.ways = ways.filter { !$0.isEmpty && seen.insert($0).inserted }.map { words in
            words.map { Self.forms(of: $0, language: language) }
        }
    }

    var isEmpty: Bool { ways.isEmpty }

    /// Shorter words have no other form that is not a word of its own: `hi`, `his`.
    private static let shortestWithMany = 3

    /// One and many alike, as most languages written in these letters make them: `-s`, `-es`, `-ies` for `-y`.
    static func forms(of word: String, language: String) -> Set<String> {
        var forms: Set<String> = word.count >= shortestWithMany ? [word, word + "s"] : [word]
        if ["s", "x", "z", "ch", "sh"].contains(where: word.hasSuffix) { forms.insert(word + "es") }
        if word.hasSuffix("y") { forms.insert(word.dropLast() + "ies") }
        if word.hasSuffix("ies"), word.count > 4 { forms.insert(word.dropLast(3) + "y") }
        if word.hasSuffix("s"), !word.hasSuffix("ss"), word.count > 3 {
            forms.insert(String(word.dropLast()))
            if ["ses", "xes", "zes", "ches", "shes"].contains(where: word.hasSuffix) {
                forms.insert(String(word.dropLast(2)))
            }
        }
        return language == "cy" ? forms.reduce(into: []) { $0.formUnion(mutations(of: $1)) } : forms
    }

    /// How a Welsh word begins after other words: soft, nasal and aspirate.
    private static let mutated: [(from: String, to: [String])] = [
        ("ll", ["l"]), ("rh", ["r"]), ("c", ["g", "ngh", "ch"]), ("p", ["b", "mh", "ph"]), ("t", ["d", "nh", "th"]),
        ("g", ["", "ng"]), ("b", ["f", "m"]), ("d", ["dd", "n"]), ("m", ["f"]),
    ]

    private static func mutations(of word: String) -> Set<String> {
        guard let (from, to) = mutated.first(where: { word.hasPrefix($0.from) }), !word.hasPrefix("ch"),
            !word.hasPrefix("th"), !word.hasPrefix("ph"), !word.hasPrefix("dd")
        else { return [word] }
        return Set([word] + to.map { $0 + word.dropFirst(from.count) })
    }
}

/// Reads a text letter by letter into bare words.
private struct BareWordReader {
    struct Piece {
        var word: String
        /// Whether only a hyphen stood between it and the one before.
        let isTied: Bool
    }

    private var pieces: [Piece] = []
    private var word = ""
    /// How long the word was, in bytes, when an apostrophe last came, if one did.
    private var beforeApostrophe: Int?
    private var isTied = false
    /// Whether the last that was read was a hyphen straight after a word.
    private var isAfterHyphen = false

    mutating func read(_ scalar: Unicode.Scalar) {
        if scalar.properties.isDefaultIgnorableCodePoint || Self.isAccent(scalar) { return }
        if Self.isAlone(scalar) { return standAlone(scalar) }
        if Self.isLetter(scalar) { return letter(scalar) }
        if Self.apostrophes.contains(scalar), !word.isEmpty {
            beforeApostrophe = word.utf8.count
            return
        }
        let wasInWord = !word.isEmpty
        endWord()
        isAfterHyphen = wasInWord && Self.hyphens.contains(scalar)
    }

    mutating func end() -> [Piece] {
        endWord()
        return pieces
    }

    private mutating func letter(_ scalar: Unicode.Scalar) {
        if word.isEmpty {
            isTied = isAfterHyphen
            isAfterHyphen = false
        }
        if let spelled = Self.spelled[scalar] {
            word += spelled
            return
        }
        // By way of its capital, so that ß is ss and both forms of sigma are one.
        for upper in scalar.properties.uppercaseMapping.unicodeScalars { word += upper.properties.lowercaseMapping }
    }

    /// Where a language puts no spaces, every sign is a word, and signs next to each other are a phrase.
    private mutating func standAlone(_ scalar: Unicode.Scalar) {
        endWord()
        isAfterHyphen = false
        pieces.append(Piece(word: String(scalar), isTied: false))
    }

    private mutating func endWord() {
        guard !word.isEmpty else { return }
        // Ben's is Ben; don't is dont.
        if let before = beforeApostrophe, word.utf8.count == before + 1, word.hasSuffix("s") { word.removeLast() }
        pieces.append(Piece(word: word, isTied: isTied))
        (word, beforeApostrophe, isTied) = ("", nil, false)
    }

    private static let apostrophes: Set<Unicode.Scalar> = ["'", "\u{2018}", "\u{2019}", "\u{02BC}", "`"]
    private static let hyphens: Set<Unicode.Scalar> = ["-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{05BE}"]
    /// Letters whose stroke or tie is no accent to Unicode, and is one to whoever types on another keyboard.
    private static let spelled: [Unicode.Scalar: String] = [
        "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ł": "l", "Ł": "l",
    ]

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .decimalNumber, .letterNumber,
            .nonspacingMark, .spacingMark:
            true
        case .modifierLetter: scalar != "\u{02BC}"
        default: false
        }
    }

    /// Marks that people leave out and mean the same: accents, and the points of Hebrew and Arabic. Vowel signs of
    /// other scripts are letters.
    private static func isAccent(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0300...0x036F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F: true
        case 0x0591...0x05BD, 0x05BF, 0x05C1...0x05C2, 0x05C4...0x05C5, 0x05C7: true
        case 0x0610...0x061A, 0x0640, 0x064B...0x065F, 0x0670, 0x06D6...0x06DC: true
        default: false
        }
    }

    /// Letters of scripts that are written without spaces: Thai, Lao, Burmese, Khmer, Chinese and Japanese.
    private static func isAlone(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xF900...0xFAFF, 0x20000...0x323AF:
            true
        default: false
        }
    }
}
