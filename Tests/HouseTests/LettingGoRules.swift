import Testing

@Suite("Whoever takes something away notes it")
struct LettingGoRules {
    /// Functions that delete or empty something without a note of their own, each with the reason.
    static let reasons: [String: String] = [
        "forgetLetGo": "it puts the notes themselves in order after a backup was put back",
        "doAgain": "it does again what was noted, and the note is kept as it was",
        "turnFirstKey": "a key that was turned opens nothing a second time, and a new house lays another",
        "layFirstKey": "a key that nobody turned leads to nobody",
        "clearParcels": "a parcel's own last day is in it, and is kept again",
        "clearComplaints": "what is over is found again by its own days",
        "keep": "the last that one who asked says is in the place of what they said before",
        "showLooksBack": "what was given with nothing is written anew in the same transaction, in another order",
        "recount": "the counts that are shown now are in the place of those shown before",
        "giveCode": "a code that died by itself",
        "release": "what becomes of it when somebody leaves: the leaving is noted, in Leaving.depart",
        "letGoOfContributions": "part of a leaving, which is noted",
        "letGoOfPicture": "part of what is taken back or of a leaving, and those are noted",
        "clearFiles": "the names of files that are gone, with what they belonged to noted already",
    ]

    @Test("every statement in the rooms that takes something away is noted, or has a reason")
    func noted() {
        var found: Set<String> = []
        for file in Source.all(in: "Sources/Roundtable") {
            for (name, body) in Self.functions(in: file.text) {
                guard body.contains(/delete from|taken_back = |code = null/) else { continue }
                guard !body.contains("note(.") else {
                    found.insert("noted")
                    continue
                }
                let isReleased = file.path.hasSuffix("Belongings.swift")
                let reason = isReleased ? "release" : name
                #expect(Self.reasons[reason] != nil, "\(file.path): \(name) takes something away and does not note it")
                found.insert(reason)
            }
        }
        #expect(found.contains("noted") && found.contains("release"))
    }

    /// Each function's name with its text, as far as the next one.
    private static func functions(in text: String) -> [(name: String, body: Substring)] {
        let starts = text.matches(of: /(?m)^ *(?:[a-z]+ )*func (\w+)/)
        let places = starts.map(\.range.lowerBound) + [text.endIndex]
        let before = text[..<(places.first ?? text.endIndex)]
        return [("before any", before)]
            + zip(starts, zip(places, places.dropFirst())).map { start, place in
                (String(start.output.1), text[place.0..<place.1])
            }
    }
}
