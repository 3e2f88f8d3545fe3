import HTTPTypes
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("From what people said to whether it reached them")
struct PromiseWalkTests {
    @Test("drawn, put, accepted, promised, reported, and done for one who asked", arguments: Engine.available)
    func wholeWalk(engine: Engine) async throws {
        let group = try await Group(World(engine), "Asha", "Ben", "Priya")
        let first = try await group.said("Nobody could tell me if the driver was coming.", by: "Asha")
        let second = try await group.said("It is the going home that undoes you.", by: "Ben", signed: false)

        let ask = try await group.draw("Tell us by seven when the car will come", from: [first, second], by: "Ben")
        let page = try await group["Asha"].get(ask)
        #expect(page.body.contains("Nobody could tell me"))
        #expect(page.body.contains("Drawn together by Ben on Friday 6 March 2026, from 2 contributions."))

        try await group.put(ask, to: "Priya", by: "Asha")
        let answered = try await group.answer(
            ask, "promise", "Someone will come by seven.", day: "2026-04-01", by: "Priya")
        #expect(answered.code == 303)
        let promise = try await group.promise(of: ask)
        #expect(try await group["Asha"].get(ask).body.contains("Priya promised it by Wednesday 1 April 2026."))

        #expect(try await group["Asha"].fill(promise, sendingTo: promise + "/reports").code == 422)
        #expect(try await group["Priya"].fill(promise, sendingTo: promise + "/reports").code == 303)
        #expect(try await group["Ben"].get(promise).body.contains("It is said to be done."))

        let field = "said-" + promise.split(separator: "/").last!
        let yes = try await group["Asha"].fill(
            promise, sendingTo: promise + "/witnesses", ["reached": "yes", field: "At ten to seven."])
        #expect(yes.code == 303)
        let no = try await group["Ben"].fill(promise, sendingTo: promise + "/witnesses", ["reached": "no", field: ""])
        #expect(no.code == 303)
        let done = try await group["Priya"].get(promise).body
        #expect(done.contains("Done for Asha."))
        #expect(done.contains("Not yet for one person who gave no name."))
        #expect(done.contains("At ten to seven."))
        #expect(
            try await group["Priya"].fill(promise, sendingTo: promise + "/witnesses", ["reached": "yes"]).code == 422)
    }

    @Test("three lines of news alike say which promise each is about, as its page does", arguments: Engine.available)
    func toldApart(engine: Engine) async throws {
        let world = try await World(engine)
        let group = try await Group(world, "Asha", "Priya")
        let long = "We will send a text an hour before the car comes, and ring those who have no phone."
        for words in ["We will mend the lift.", "We will buy a kettle.", long] {
            let source = try await group.said("About \(words)", by: "Asha")
            let ask = try await group.draw("Asked: \(words)", from: [source], by: "Asha")
            try await group.put(ask, to: "Priya", by: "Asha")
            try await group.answer(ask, "promise", words, day: "2026-05-01", by: "Priya")
            let promise = try await group.promise(of: ask)
            #expect(try await group["Priya"].fill(promise, sendingTo: promise + "/reports").code == 303)
        }
        try await Post(house: world.house).deliverAll()
        let news = try await group["Asha"].get("/projects/\(group.project.text)/news").body
        let line = "is said to be done. Did it reach you?</a><p dir=\"auto\" lang=\"en\">"
        let said = news.split(separator: line).dropFirst().map { $0.prefix { $0 != "<" } }
        #expect(Set(said) == ["We will mend the lift.", "We will buy a kettle.", Substring(long.prefix(60) + "…")])
        #expect(news.contains("Asked: We will mend the lift.</p>"), "an ask is told by its own words")
    }
}
