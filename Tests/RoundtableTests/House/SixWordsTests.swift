import Crypto
import Foundation
import Testing

@testable import Roundtable

@Suite("Six words")
struct SixWordsTests {
    let six = someWords(7)

    @Test("what is spoken, and what stands in an address, reads back as the same six")
    func roundTrip() {
        var chance = Chance(seed: 1)
        for _ in 0..<300 {
            let words = SixWords.random(using: &chance)
            #expect(words.words.count == 6)
            #expect(SixWords.read(words.spoken) == .words(words))
            #expect(SixWords.read(words.slug) == .words(words))
        }
    }

    @Test("different chances make different words")
    func different() {
        var chance = Chance(seed: 2)
        let many = (0..<1_000).map { _ in SixWords.random(using: &chance).spoken }
        #expect(Set(many).count == many.count)
    }

    @Test("how they are written makes no difference", arguments: Writing.allCases)
    func forgiving(writing: Writing) {
        #expect(SixWords.read(writing.write(six.words)) == .words(six), "\(writing)")
    }

    @Test("too few, too many or none: it says how many there are")
    func howMany() {
        #expect(SixWords.read("") == .howMany(0))
        #expect(SixWords.read("1. 2. 3.") == .howMany(0))
        #expect(SixWords.read(six.words.prefix(5).joined(separator: " ")) == .howMany(5))
        #expect(SixWords.read(six.spoken + " table") == .howMany(7))
        #expect(SixWords(reading: "table") == nil)
    }

    @Test("a word that isn't on the list is named, with the nearest that are")
    func unknown() throws {
        var words = six.words
        let meant = words[2]
        words[2] = "q" + meant
        guard case .unknown(let word, let maybe) = SixWords.read(words.joined(separator: " ")) else {
            Issue.record("a word that isn't on the list was let through")
            return
        }
        #expect(word == "q" + meant)
        #expect(maybe.contains(meant))
        #expect(maybe.count <= WordList.mostOffered)

        words[2] = "zzzqqq"
        #expect(SixWords.read(words.joined(separator: " ")) == .unknown(word: "zzzqqq", maybe: []))
    }

    @Test("most sets of six good words don't belong together, and neighbours changed about are noticed")
    func check() {
        var chance = Chance(seed: 3)
        var (wrongWord, changedAbout) = (0, 0)
        let tries = 2_000
        for _ in 0..<tries {
            var words = SixWords.random(using: &chance).words
            let place = Int.random(in: 0..<5, using: &chance)
            let kept = words
            words.swapAt(place, place + 1)
            if SixWords.read(words.joined(separator: " ")) == .check { changedAbout += 1 }
            words = kept
            words[place] = WordList.words.randomElement(using: &chance) ?? ""
            if SixWords.read(words.joined(separator: " ")) == .check { wrongWord += 1 }
        }
        // 63 in 64 is 1,969 of 2,000.
        #expect((1_930...1_995).contains(wrongWord))
        #expect((1_930...1_995).contains(changedAbout))
    }

    @Test("whatever is typed, it answers", arguments: Hostile.all)
    func hostile(text: String) {
        #expect(SixWords(reading: text) == nil)
        if case .unknown(let word, _) = SixWords.read(text) { #expect(word.count <= TypedWords.longestWord) }
    }

    @Test("a parcel opens with its own words and salt only")
    func parcel() throws {
        let salt = Data(repeating: 1, count: 16)
        let box = try AES.GCM.seal(Data("mine".utf8), using: six.parcelKey(salt: salt, work: 16))
        #expect(try AES.GCM.open(box, using: someWords(7).parcelKey(salt: salt, work: 16)) == Data("mine".utf8))
        #expect(throws: (any Error).self) { try AES.GCM.open(box, using: someWords(8).parcelKey(salt: salt, work: 16)) }
        let other = Data(repeating: 2, count: 16)
        #expect(throws: (any Error).self) { try AES.GCM.open(box, using: six.parcelKey(salt: other, work: 16)) }
    }

    @Test("no way of printing them shows the words")
    func saysNothing() {
        var dumped = ""
        dump(six, to: &dumped)
        for printed in ["\(six)", String(reflecting: six), String(describing: Optional(six)), dumped] {
            #expect(printed.contains("six words"))
            for word in six.words { #expect(!printed.contains(word)) }
            #expect(!printed.contains { $0.isNumber })
        }
    }
}

/// Ways in which people write six words.
enum Writing: CaseIterable {
    case capitals, title, commas, hyphens, dots, lines, numbered, bracketed, fourLetters, accents, wide, spaces, address
    case withJoiners, quoted

    func write(_ words: [String]) -> String {
        switch self {
        case .capitals: words.joined(separator: " ").uppercased()
        case .title: words.map(\.capitalized).joined(separator: ", ") + "."
        case .commas: words.joined(separator: ",")
        case .hyphens: words.joined(separator: " - ")
        case .dots: words.joined(separator: ".")
        case .lines: words.joined(separator: "\r\n")
        case .numbered: words.enumerated().map { "\($0 + 1). \($1)" }.joined(separator: "\n")
        case .bracketed: words.enumerated().map { "(\($0 + 1)) \($1)" }.joined(separator: "\t")
        case .fourLetters: words.map { String($0.prefix(4)) }.joined(separator: " ")
        case .accents: words.map { $0.map { "\($0)\u{0301}" }.joined() }.joined(separator: " ")
        case .wide: words.joined(separator: " ").applyingTransform(.fullwidthToHalfwidth, reverse: true) ?? ""
        case .spaces: "  \n" + words.joined(separator: "  \u{00A0} ") + " \t"
        case .address: "https://hall.example/open/" + words.joined(separator: "-") + "?from=card"
        case .withJoiners: words.joined(separator: " ").map { "\($0)\u{200B}" }.joined()
        case .quoted: "“" + words.joined(separator: "” “") + "”"
        }
    }
}

/// Things that somebody might put into a box to see what happens.
enum Hostile {
    static let all = [
        "", " ", "\0", "\0\0 \0", String(repeating: "a", count: 10_000), String(repeating: "a ", count: 10_000),
        "🍎🍎🍎🍎🍎🍎", "🍎 🌊 🫖 🪑 🔔 🚪", "שלום עולם שלום עולם שלום עולם", "\u{202E}elbat\u{202C} a b c d e",
        String(repeating: "\u{0301}", count: 10_000), "https://", "://///", "%00%00", "<script>alert(1)</script>",
        "' or 1=1 --", "a\0b c d e f g", String(repeating: "-", count: 5_000), "ﷺ ﷺ ﷺ ﷺ ﷺ ﷺ", "1 2 3 4 5 6",
        "𝓽𝓪𝓫𝓵𝓮", "\u{FEFF}", "ßßßß ßßßß ßßßß ßßßß ßßßß ßßßß",
    ]
}

/// Chance that comes out the same each time.
struct Chance: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Six words, the same for the same seed.
func someWords(_ seed: UInt64) -> SixWords {
    var chance = Chance(seed: seed)
    return .random(using: &chance)
}
