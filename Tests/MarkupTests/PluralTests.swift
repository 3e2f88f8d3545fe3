import Foundation
import Markup
import Testing

@Suite("Plurals")
struct PluralTests {
    /// Every kind of each language, with numbers on both sides of its edges. The numbers are CLDR's own samples.
    static let table: [(language: String, kind: Plural, numbers: [Int])] = [
        ("en", .one, [1]), ("en", .other, [0, 2, 16, 100, 1_000_000]),
        ("de", .one, [1]), ("de", .other, [0, 2, 21]),
        ("ur", .one, [1]), ("ur", .other, [0, 2, 11]),
        ("so", .one, [1]), ("so", .other, [0, 2, 11]),
        ("pa", .one, [0, 1]), ("pa", .other, [2, 17, 100]),
        ("zh", .other, [0, 1, 2, 100]),
        ("fr", .one, [0, 1]), ("fr", .many, [1_000_000, 2_000_000]), ("fr", .other, [2, 17, 999_999, 1_000_001]),
        ("pt", .one, [0, 1]), ("pt", .many, [1_000_000, 3_000_000]), ("pt", .other, [2, 1_000_001]),
        ("pt-PT", .one, [1]), ("pt-PT", .many, [1_000_000]), ("pt-PT", .other, [0, 2]),
        ("es", .one, [1]), ("es", .many, [1_000_000, 4_000_000]), ("es", .other, [0, 2, 1_000_001]),
        ("ro", .one, [1]), ("ro", .few, [0, 2, 19, 101, 119, 201]), ("ro", .other, [20, 100, 120, 200, 1_000]),
        ("pl", .one, [1]), ("pl", .few, [2, 4, 22, 24, 32, 102, 104, 1_002]),
        ("pl", .many, [0, 5, 11, 12, 13, 14, 19, 21, 25, 111, 112, 114, 121, 1_000_000]),
        ("ga", .one, [1]), ("ga", .two, [2]), ("ga", .few, [3, 6]), ("ga", .many, [7, 10]),
        ("ga", .other, [0, 11, 102]),
        ("gd", .one, [1, 11]), ("gd", .two, [2, 12]), ("gd", .few, [3, 10, 13, 19]), ("gd", .other, [0, 20, 21, 101]),
        ("cy", .zero, [0]), ("cy", .one, [1]), ("cy", .two, [2]), ("cy", .few, [3]), ("cy", .many, [6]),
        ("cy", .other, [4, 5, 7, 13, 16, 100]),
        ("ar", .zero, [0]), ("ar", .one, [1]), ("ar", .two, [2]), ("ar", .few, [3, 10, 103, 110, 1_003]),
        ("ar", .many, [11, 26, 99, 111, 1_011, 1_099]), ("ar", .other, [100, 101, 102, 200, 202, 1_000]),
    ]

    @Test("each language sorts numbers as its speakers do", arguments: table)
    func sorts(language: String, kind: Plural, numbers: [Int]) {
        for number in numbers {
            #expect(PluralRule(language: language).kind(of: number) == kind, "\(language) \(number)")
        }
    }

    @Test(
        "the table shows every kind that a language has, and no other", arguments: Set(table.map(\.language)).sorted())
    func complete(language: String) {
        let rule = PluralRule(language: language)
        #expect(Set(Self.table.filter { $0.language == language }.map(\.kind)) == Set(rule.kinds))
        #expect(Set((0...2_000).map { rule.kind(of: $0) }).isSubset(of: rule.kinds))
    }

    @Test("numbers below nothing, and the least of all, have a kind too")
    func negatives() {
        #expect(PluralRule(language: "en").kind(of: -1) == .one)
        #expect(PluralRule(language: "ar").kind(of: .min) == .few)
    }

    @Test("a region follows its language, and an unknown language has one form")
    func regions() {
        #expect(PluralRule(language: "cy-GB").kind(of: 2) == .two)
        #expect(PluralRule(language: "xx").kinds == [.other])
    }

    @Test("bin/words asks translators for the same kinds")
    func script() throws {
        let path = URL(filePath: #filePath).appending(path: "../../../bin/words").standardized
        let lines = try String(contentsOf: path, encoding: .utf8).matches(of: /\ {4}"([a-z]{2})": "([a-z ]+)",/)
        #expect(lines.count == 15)
        for line in lines {
            let kinds = PluralRule(language: String(line.output.1)).kinds.map(\.name)
            #expect(line.output.2.split(separator: " ").map { String($0) } == kinds, "\(line.output.1)")
        }
    }
}
