import Testing

@testable import Roundtable

@Suite("Words found in a text")
struct BareWordsTests {
    private func holds(_ text: String, _ phrase: String, _ language: String = "en") -> Bool {
        BareWords(text).hold(BarePhrase(phrase, language: language))
    }

    @Test(
        "a word is found whatever its capitals, accents, marks and number",
        arguments: [
            ("She is a SUFFERER.", "sufferer"), ("the sufferers", "sufferer"), ("one sufferer", "Sufferers"),
            ("the sufferer's bed", "sufferer"), ("the sufferer’s bed", "sufferer"), ("the sufferers’ beds", "sufferer"),
            ("two ladies", "lady"), ("a lady", "ladies"), ("the boxes", "box"), ("a bitch", "bitches"),
            ("cases", "case"),
            ("naive", "naïve"), ("NAÏVE", "naive"), ("nai\u{308}ve", "naïve"), ("ﬁne", "fine"), ("ＦＩＮＥ", "fine"),
            ("STRASSE", "straße"), ("ΟΔΟΣ", "οδος"), ("łódź", "lodz"), ("smørrebrød", "smorrebrod"),
            ("suf\u{AD}fer\u{200B}er", "sufferer"), ("(sufferer)", "sufferer"), ("sufferer,then", "sufferer"),
            ("a service user", "service user"), ("service-users", "service user"), ("service  \n user", "service user"),
            ("a bed-blocker", "bed blocker"), ("a bedblocker", "bed-blocker"), ("a bed blocker", "bed-blocker"),
            ("don’t", "don't"), ("O'Brien", "O’Brien"), ("مَجْنُون هنا", "مجنون"),
            ("מְשֻׁגָּע", "משוגע".replacing("ו", with: "")),
            ("यह पागल है", "पागल"), ("他是病人吗", "病人"), ("เขาบ้าไหม", "บ้า"), ("42nd", "42nd"),
        ])
    func found(text: String, phrase: String) {
        #expect(holds(text, phrase))
    }

    @Test(
        "and only as a whole word, in its own letters",
        arguments: [
            ("She made tea.", "mad"), ("a therapist", "rapist"), ("the rapist", "therapist"),
            ("insufferable", "suffer"),
            ("suffering", "sufferer"), ("a service for every user", "service user"), ("user service", "service user"),
            ("glasses", "glas"), ("a car", "care"), ("his", "hi"), ("किताब", "कताब"), ("病院の人", "病人"), ("", "word"),
            ("· — …", "word"), ("bed. Blocker", "bedblocker"), ("nurse", "nurs"),
        ])
    func notFound(text: String, phrase: String) {
        #expect(!holds(text, phrase))
    }

    @Test("in Welsh a word begins otherwise after others, and is found where it was written in Welsh")
    func welsh() {
        for text in ["y claf", "ei glaf", "fy nghlaf", "ei chlaf"] { #expect(holds(text, "claf", "cy"), "\(text)") }
        #expect(holds("yn wallgof", "gwallgof", "cy"))
        #expect(holds("fy mhlentyn", "plentyn", "cy"))
        #expect(!holds("the glaf", "claf", "en"))
        #expect(!holds("y llaf", "claf", "cy"))
    }

    @Test(
        "what holds no letter is no phrase, and is found nowhere", arguments: ["", " ", "…", "'", "-", "\u{200D}", "😀"])
    func nothing(phrase: String) {
        #expect(BarePhrase(phrase, language: "en").isEmpty)
        #expect(!holds("anything '…' - 😀", phrase))
    }

    @Test("a text finds itself: any run of its words is in it, and no word that it has not")
    func property() {
        var chance = SystemRandomNumberGenerator()
        let letters = Array("abcdeéîßøñ한字ąшж")
        for _ in 0..<300 {
            let words = (0..<Int.random(in: 1...12, using: &chance)).map { _ in
                String((0..<Int.random(in: 2...5, using: &chance)).map { _ in letters.randomElement(using: &chance)! })
            }
            let text = words.joined(separator: [" ", ", ", "\n", " – "].randomElement(using: &chance)!)
            let start = Int.random(in: 0..<words.count, using: &chance)
            let run = words[start..<Int.random(in: (start + 1)...words.count, using: &chance)].joined(separator: " ")
            #expect(holds(text, run), "\(run) in \(text)")
            #expect(holds(text.uppercased(), run), "\(run) in \(text) in capitals")
            #expect(!holds(text, run + " xyz"), "\(text)")
        }
    }

    @Test(
        "a hostile text takes time by its length: ten times as long is nowhere near a hundred times as slow",
        arguments: ["a'", "a-", "a ", "a\u{301}", "'", "-", "字", "s", "\u{200D}a", "a\u{AD}"])
    func hostile(piece: String) {
        let phrase = BarePhrase("a a a a a a a a a b", language: "en")
        // The quickest of three, and some more: the machine may be busy just then.
        func time(_ count: Int) -> Duration {
            let text = String(repeating: piece, count: count)
            var quickest = Duration.seconds(60)
            for _ in 0..<3 {
                let taken = ContinuousClock().measure { #expect(!BareWords(text).hold(phrase)) }
                quickest = min(quickest, taken)
            }
            return quickest
        }
        let (short, long) = (time(10_000), time(100_000))
        #expect(long < short * 50 + .milliseconds(200), "\(short) and \(long)")
    }
}

@Suite("Who is told of a word")
struct ReminderTests {
    private let asha = ID<Seat>.anonymous(), ben = ID<Seat>.anonymous()

    private func minded(_ name: String, _ seat: ID<Seat>, _ words: String...) -> Minded {
        Minded(
            seat: seat, name: name,
            words: words.map { Unwelcome(id: .anonymous(), words: $0, language: "en", seat: nil) })
    }

    private func told(_ text: String, _ people: [Minded], about seats: Set<ID<Seat>> = []) -> [String] {
        Minded.lines(people, in: [("words", text)], about: seats).map { "\($0.name): \($0.words)" }
    }

    @Test("the word and the name have to stand there, or the text has to be about them")
    func both() {
        let people = [minded("Ben", ben, "sufferer", "service user"), minded("Asha Patel", asha, "dear")]
        #expect(told("Ben is a sufferer", people) == ["Ben: sufferer"])
        #expect(told("Ben’s sister said: a sufferer", people) == ["Ben: sufferer"])
        #expect(told("Some are sufferers", people) == [], "nobody is named")
        #expect(told("Some are sufferers", people, about: [ben]) == ["Ben: sufferer"])
        #expect(told("Ben likes tea", people, about: [ben]) == [])
        #expect(told("Bench sufferers", people) == [], "a name is a whole word")
        #expect(told("Asha is a dear", people) == ["Asha Patel: dear"], "by the first name too")
        #expect(told("Ms Patel, dear, and Ben, a service-user", people) == ["Ben: service user", "Asha Patel: dear"])
    }

    @Test("a title alone names nobody, and neither does no name")
    func titles() {
        #expect(told("Mr Brown is a sufferer", [minded("Mr Okafor", ben, "sufferer")]) == [])
        #expect(told("Okafor is a sufferer", [minded("Mr Okafor", ben, "sufferer")]) == ["Mr Okafor: sufferer"])
        #expect(told("Somebody is a sufferer", [minded("", ben, "sufferer")]) == [])
    }

    @Test("being told once is enough for what was told, and not for what is typed next")
    func once() throws {
        let people = [minded("Ben", ben, "sufferer", "dear")]
        let first = Minded.lines(people, in: [("words", "Ben, a sufferer")], about: [])
        let reminder = try #require(Reminder(first, before: Form()))
        let kept = Form([Reminder.keep: reminder.told])
        #expect(Reminder(first, before: kept) == nil)
        let second = Minded.lines(people, in: [("words", "Ben, a dear sufferer")], about: [])
        #expect(Reminder(second, before: kept)?.lines.count == 2, "all of it is said again")
        #expect(Reminder([], before: Form()) == nil)
    }

    @Test("a word has at least two letters and at most as many as are said")
    func limits() throws {
        #expect(throws: Refusal.noUnwelcome) { try Unwelcome.typed("a") }
        #expect(throws: Refusal.noUnwelcome) { try Unwelcome.typed(" … ") }
        #expect(throws: Refusal.unwelcomeTooLong) { try Unwelcome.typed(String(repeating: "a", count: 41)) }
        #expect(try Unwelcome.typed("  bed   blocker ") == "bed blocker")
        #expect(try Unwelcome.typed(String(repeating: "a", count: 40)).count == 40)
    }
}
