import Testing

@testable import Roundtable

@Suite("The list of words that people hold")
struct WordListTests {
    let words = WordList.words

    @Test("2,048 words, in order, of four to seven plain letters")
    func shape() {
        #expect(words.count == 2_048)
        #expect(words == words.sorted())
        #expect(words.allSatisfy { (4...7).contains($0.count) })
        #expect(words.allSatisfy { $0.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) } })
    }

    @Test("no two words begin with the same four letters")
    func beginnings() {
        #expect(Set(words.map { $0.prefix(4) }).count == words.count)
    }

    @Test("no two words are one slip apart: a letter mistaken, added, left out or changed about")
    func slips() {
        #expect(oneSlipApart(words) == nil)
    }

    @Test("words that are one slip apart are noticed, or the test above means nothing")
    func slipsAreNoticed() {
        for pair in [["table", "cable"], ["table", "tables"], ["table", "tale"], ["table", "talbe"]] {
            #expect(oneSlipApart(pair) != nil, "\(pair)")
        }
        #expect(oneSlipApart(["table", "kettle"]) == nil)
    }

    @Test("no two words sound the same, by their spelling")
    func sounds() {
        let sounds = Dictionary(grouping: words, by: sound)
        #expect(sounds.values.filter { $0.count > 1 } == [])
    }

    @Test("words that sound the same are noticed, or the test above means nothing")
    func soundsAreNoticed() {
        for (one, other) in [("flour", "flower"), ("knight", "nite"), ("phlox", "flocks"), ("whale", "wale")] {
            #expect(sound(one) == sound(other), "\(one) and \(other)")
        }
        #expect(sound("table") != sound("kettle"))
    }

    @Test("nothing that would hurt on a card, and no word spelt one way here and another way elsewhere")
    func unkind() {
        let unwelcome = [
            "lonely", "broken", "victim", "ward", "section", "needle", "tablet", "knife", "blade", "rope", "cell",
            "lock", "drug", "wine", "beer", "money", "pound", "dead", "ghost", "church", "angel", "vote", "hand",
            "heart", "brain", "crazy", "mental", "voice", "whisper", "watch", "mother", "father", "client", "patient",
            "user", "service", "border", "coping", "attempt", "observe", "session", "colour", "grey", "yoghurt",
            "theatre", "metre", "favour",
        ]
        #expect(unwelcome.filter(words.contains) == [])
    }

    /// The first two words that are one slip apart. Each word leaves behind itself and itself without each of its
    /// letters; words one slip apart leave something in common.
    private func oneSlipApart(_ words: [String]) -> [String]? {
        var left: [String: [String]] = [:]
        for word in words {
            for trace in traces(of: word) {
                for other in left[trace] ?? []
                where WordList.slips(from: Array(word.utf8), to: Array(other.utf8)) <= 1 {
                    return [other, word]
                }
                left[trace, default: []].append(word)
            }
        }
        return nil
    }

    private func traces(of word: String) -> Set<String> {
        Set([word] + word.indices.map { String(word[..<$0] + word[word.index(after: $0)...]) })
    }

    /// A rough key: spellings of one sound made one, double letters single, an unsounded end left off.
    private func sound(_ word: String) -> String {
        let spellings = [
            ("ight", "ite"), ("kn", "n"), ("wr", "r"), ("ph", "f"), ("wh", "w"), ("ck", "k"), ("ks", "x"), ("ea", "ee"),
            ("ie", "ee"), ("ai", "ay"), ("ei", "ay"), ("ou", "ow"), ("oa", "o"), ("ower", "owr"), ("y", "i"),
            ("c", "k"), ("z", "s"),
        ]
        var key = word
        for (spelling, plain) in spellings {
            key = key.split(separator: spelling, omittingEmptySubsequences: false).joined(separator: plain)
        }
        var single: [Character] = []
        for letter in key where letter != single.last { single.append(letter) }
        if single.count > 3, single.last == "e" { single.removeLast() }
        return String(single)
    }
}
