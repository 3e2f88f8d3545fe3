import Testing

@testable import Roundtable

@Suite("The code of a gathering")
struct CodeTests {
    @Test("a code is four that can't be misread, and never the same twice in a row")
    func shape() {
        var chance = Chance(seed: 4)
        for _ in 0..<2_000 {
            let code = Code.random(using: &chance)
            #expect(code.text.count == 4)
            #expect(code.text.allSatisfy { !"AEIOUY0125834BCDFGLNQSTVZ".contains($0) })
            #expect(zip(code.text, code.text.dropFirst()).allSatisfy { $0 != $1 })
            #expect(Code.read(code.text) == .code(code))
        }
    }

    @Test("every character comes up, and all codes are different chances")
    func spread() {
        var chance = Chance(seed: 5)
        let codes = (0..<2_000).map { _ in Code.random(using: &chance).text }
        #expect(Set(codes.joined()) == Set(Code.alphabet))
        #expect(Set(codes).count > 1_500)
    }

    @Test("small letters, spaces, hyphens and stops make no difference")
    func forgiving() {
        for written in ["H7M9", "h7m9", " h 7 m 9 ", "H7-M9", "h.7.m.9", "h7\u{2013}m9", "H7\nM9", "\u{200B}h7m9\0"] {
            #expect(Code(reading: written)?.text == "H7M9", "\(written)")
        }
    }

    @Test("what can't be in a code is named, and the wrong length is counted")
    func refused() {
        #expect(Code.read("H7O9") == .never("O"))
        #expect(Code.read("h7m🍎") == .never("🍎"))
        #expect(Code.read("H7M") == .howMany(3))
        #expect(Code.read("") == .howMany(0))
        #expect(Code.read("H7M9K") == .howMany(5))
        #expect(Code.read("HH79") == .twice("H"))
    }

    @Test("whatever is typed, it answers", arguments: Hostile.all)
    func hostile(text: String) {
        #expect(Code(reading: text) == nil)
    }
}
