import Foundation
import HTTPTypes
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("What anyone may read")
struct PublishingTests {
    /// Asha, Ben and Mair, who asked for a ramp and a bell, one of them promised.
    private struct Asked {
        let group: Group
        let said: ID<Contribution>
        let unsaid: ID<Contribution>
        let ask: String
        var here: String { "/projects/\(group.project.text)/publishing" }

        init(_ world: World) async throws {
            group = try await Group(world, "Asha", "Ben", "Mair")
            said = try await group.said("The step beat me & my chair.", by: "Ben")
            unsaid = try await group.said("I wait in the rain.", by: "Mair")
            ask = try await group.draw("A ramp at the front door", from: [said, unsaid], by: "Asha")
            try await group.put(ask, to: "Asha", by: "Asha")
            try await group.answer(ask, "promise", "We will build one.", day: "2026-05-01", by: "Asha")
            world.wait(.minutes(1))
            _ = try await group.draw("A bell by the door", from: [unsaid], by: "Ben")
        }

        /// One key of each side; the address that it is read at.
        func publish() async throws -> String {
            try await group["Asha"].fill(here, sendingTo: here + "/keys", Table.works)
            try await group["Ben"].fill(here, sendingTo: here + "/keys", Table.doesNot)
            return try await address()
        }

        func address() async throws -> String {
            let page = try await group["Asha"].get(here)
            return String(try #require(page.body.firstMatch(of: /href="(\/p\/[^"]*)"/)).output.1)
        }

        func tick(_ contribution: ID<Contribution>, by name: String, as known: String) async throws -> Answer {
            let page = "/contributions/\(contribution.text)"
            return try await group[name].fill(page, sendingTo: page + "/public", ["public": "yes", "known-as": known])
        }
    }

    @Test(
        "it takes a key of each side, whichever is turned first, and then anyone reads it", arguments: Engine.available)
    func bothKeys(engine: Engine) async throws {
        let world = try await World(engine)
        let asked = try await Asked(world)
        let (asha, ben) = (asked.group["Asha"], asked.group["Ben"])
        let mute = try await asha.fill(asked.here, sendingTo: asked.here + "/keys")
        #expect(mute.code == 422 && mute.body.contains("Choose what you say of yourself"))
        #expect(try await asha.fill(asked.here, sendingTo: asked.here + "/keys", Table.works).code == 303)
        #expect(try await asha.fill(asked.here, sendingTo: asked.here + "/keys", Table.works).code == 422)
        try await asked.group["Mair"].fill(asked.here, sendingTo: asked.here + "/keys", Table.works)
        #expect(
            try await ben.get(asked.here + "/page").body.contains("A ramp at the front door"),
            "anybody here looks first")
        let waiting = try await ben.get(asked.here)
        #expect(waiting.body.contains("Asha said yes. They said: I work in this service."))
        #expect(waiting.body.contains("It needs a key from somebody who doesn’t work in this service."))
        #expect(!waiting.body.contains("/p/"), "two of one side are not two keys")
        #expect(try await ben.fill(asked.here, sendingTo: asked.here + "/keys", Table.doesNot).code == 303)
        let page = try await world.browser().get(asked.address())
        #expect(page.code == 200)
        #expect(page.body.contains("A ramp at the front door") && page.body.contains("We will build one."))
        #expect(
            page.body.contains("It is promised by Friday 1 May 2026.") && page.body.contains("It has no answer yet."))
        for name in ["Asha", "Ben", "Mair", "step beat me", "rain"] { #expect(!page.body.contains(name), "\(name)") }
        #expect(!page.body.contains("Nobody who works in this service"), "nobody was missing")
        try await Post(house: world.house).deliverAll()
        let news = try await asked.group["Mair"].get("/projects/\(asked.group.project.text)/news").body
        #expect(news.contains("It takes two keys.") && news.contains("Anyone can read what we said and did now."))
    }

    @Test(
        "where a side keeps away, any two are enough after seven days, and the page says so",
        arguments: Engine.available)
    func absent(engine: Engine) async throws {
        let world = try await World(engine)
        let asked = try await Asked(world)
        for name in ["Asha", "Ben"] {
            try await asked.group[name].fill(asked.here, sendingTo: asked.here + "/keys", Table.doesNot)
        }
        world.wait(.days(7) + .seconds(-60))
        let early = try await asked.group["Ben"].fill(asked.here, sendingTo: asked.here + "/keys", Table.doesNot)
        #expect(early.code == 422)
        world.wait(.minutes(1))
        try await asked.group["Ben"].fill(asked.here, sendingTo: asked.here + "/keys", Table.doesNot)
        let page = try await world.browser().get(asked.address())
        #expect(page.body.contains("Nobody who works in this service turned a key."))
        #expect(!page.body.contains("Nobody from outside"))
    }

    @Test("a side that says not yet holds it back, seven days or seventy", arguments: Engine.available)
    func heldBack(engine: Engine) async throws {
        let world = try await World(engine)
        let asked = try await Asked(world)
        for name in ["Asha", "Ben"] {
            try await asked.group[name].fill(asked.here, sendingTo: asked.here + "/keys", Table.works)
        }
        let no: KeyValuePairs = ["side": "doesNot", "says": "no"]
        try await asked.group["Mair"].fill(asked.here, sendingTo: asked.here + "/keys", no)
        world.wait(.days(70))
        try await asked.group["Ben"].fill(asked.here, sendingTo: asked.here + "/keys", Table.works)
        let page = try await asked.group["Asha"].get(asked.here)
        #expect(page.body.contains("Mair said: not yet.") && !page.body.contains("/p/"))
        try await asked.group["Mair"].fill(asked.here, sendingTo: asked.here + "/keys", Table.doesNot)
        #expect(try await world.browser().get(asked.address()).code == 200)
    }

    @Test(
        "one person stops it at once; then it looks like an address that was never given out",
        arguments: Engine.available)
    func stopping(engine: Engine) async throws {
        let world = try await World(engine)
        let asked = try await Asked(world)
        let address = try await asked.publish()
        #expect(try await asked.group["Mair"].fill(asked.here, sendingTo: asked.here + "/stopped").code == 303)
        for ending in ["", "/feed.atom", "/feed.json"] {
            let stranger = world.browser()
            _ = try await stranger.get("/about")
            let stopped = try await stranger.get(address + ending)
            let never = try await stranger.get("/p/\(ID<Publication>.anonymous().text)" + ending)
            #expect(stopped.code == 404 && stopped.body == never.body && stopped.headers == never.headers)
            #expect(try await asked.group["Asha"].get(address + ending).code == 404, "to a member too")
        }
        #expect(try await asked.publish() == address, "the address stays the same")
        #expect(try await world.browser().get(address).code == 200)
    }

    @Test("a giver's words are there only while they say so, by the name they chose", arguments: Engine.available)
    func ownWords(engine: Engine) async throws {
        let world = try await World(engine)
        let asked = try await Asked(world)
        let address = try await asked.publish()
        func everywhere(_ text: String) async throws -> [Bool] {
            var found: [Bool] = []
            for ending in ["", "/feed.atom", "/feed.json"] {
                let answer = try await world.browser().get(address + ending)
                #expect(answer.code == 200)
                found.append(answer.body.contains(text))
            }
            return found
        }
        let other = "/contributions/\(asked.said.text)"
        let page = try await asked.group["Mair"].get(other)
        #expect(!page.body.contains("known-as"), "it is Ben's to say")
        #expect(try await asked.group["Mair"].send(page, to: other + "/public", ["public": "yes"]).code == 404)
        #expect(try await asked.tick(asked.said, by: "Ben", as: "B. from the hill").code == 303)
        #expect(try await everywhere("The step beat me") == [true, true, true])
        #expect(try await everywhere("B. from the hill, who asked") == [true, true, true])
        let long = try await asked.tick(asked.unsaid, by: "Mair", as: String(repeating: "M", count: 81))
        #expect(long.code == 422 && long.body.contains("MMMM"))
        #expect(try await everywhere("rain") == [false, false, false])

        try await asked.group["Ben"].fill(other, sendingTo: other + "/public", ["public": "no"])
        for text in ["The step beat me", "B. from the hill"] {
            #expect(try await everywhere(text) == [false, false, false])
        }
        _ = try await asked.tick(asked.said, by: "Ben", as: "")
        #expect(try await everywhere("Somebody who asked") == [true, true, true])
        try await asked.group["Ben"].fill(other, sendingTo: other + "/taking-back")
        #expect(try await everywhere("The step beat me") == [false, false, false])
        let names = try await world.house.database.read { try $0.all("select name from consent") { $0[0] as String } }
        #expect(names == ["", ""], "a name that was taken back is kept nowhere")
    }

    @Test("words that are set aside are set aside for anyone", arguments: Engine.available)
    func setAside(engine: Engine) async throws {
        let world = try await World(engine)
        let asked = try await Asked(world)
        let address = try await asked.publish()
        _ = try await asked.tick(asked.said, by: "Ben", as: "")
        let piece = "/contributions/\(asked.said.text)"
        try await asked.group["Asha"].fill(
            piece, sendingTo: piece + "/setting-aside", ["kind": "harm", "reason": "It names."])
        #expect(try await !world.browser().get(address).body.contains("The step beat me"))
        try await asked.group["Mair"].fill(piece, sendingTo: piece + "/setting-aside/end")
        #expect(try await world.browser().get(address).body.contains("The step beat me"))
    }

    @Test("nothing on its way may keep a copy: not the page, not a feed, not what is not there")
    func caches() async throws {
        let world = try await World(.sqlite)
        let asked = try await Asked(world)
        let address = try await asked.publish()
        for path in [address, address + "/feed.atom", address + "/feed.json", "/p/\(ID<Publication>.anonymous().text)"]
        {
            let answer = try await world.browser().get(path)
            #expect(answer.headers[.cacheControl] == "no-store", "\(path)")
            for name in [.eTag, .lastModified, .expires, .age] as [HTTPField.Name] {
                #expect(answer.headers[name] == nil, "\(path) has nothing to ask a cache by")
            }
        }
        let conditional: HTTPFields = [.ifNoneMatch: "*", .ifModifiedSince: "Fri, 06 Mar 2026 10:00:00 GMT"]
        #expect(try await world.browser().get(address, headers: conditional).code == 200, "never: as you have it")
    }

    @Test("the feeds say no more than the page, and their entries keep their ids", arguments: Engine.available)
    func feeds(engine: Engine) async throws {
        let world = try await World(engine)
        let asked = try await Asked(world)
        let address = try await asked.publish()
        _ = try await asked.tick(asked.said, by: "Ben", as: "B. <b>& co</b>")
        let page = words(try await world.browser().get(address).body)
        let atom = try await world.browser().get(address + "/feed.atom")
        #expect(atom.headers[.contentType] == "application/atom+xml; charset=utf-8")
        let feed = try AtomReader.read(atom.body)
        #expect(feed.entries.count == 2)
        for text in feed.texts + feed.entries.flatMap(\.texts) {
            #expect(page.contains(words(text)), "\(text) is on the page too")
        }
        let json = try await world.browser().get(address + "/feed.json")
        #expect(json.headers[.contentType] == "application/feed+json; charset=utf-8")
        let read = try #require(try JSONSerialization.jsonObject(with: Data(json.body.utf8)) as? [String: Any])
        #expect(read["version"] as? String == "https://jsonfeed.org/version/1.1")
        let items = try #require(read["items"] as? [[String: Any]])
        #expect(items.compactMap { $0["id"] as? String } == feed.entries.map(\.id))
        for (item, entry) in zip(items, feed.entries) {
            #expect(item["title"] as? String == entry.title && item["content_html"] as? String == entry.content)
            #expect(item["date_modified"] as? String == entry.updated)
        }
        for key in ["title", "description"] { #expect(page.contains(words(read[key] as? String ?? "·"))) }
        world.wait(.days(2))
        try await asked.group.answer(asked.ask, "cannot", "There is no room for one.", by: "Asha")
        let later = try AtomReader.read(try await world.browser().get(address + "/feed.atom").body)
        #expect(Set(later.entries.map(\.id)) == Set(feed.entries.map(\.id)) && later.id == feed.id)
        #expect(later.entries[0].title == "A ramp at the front door", "what changed last is first")
        #expect(later.entries[0].updated > feed.entries[0].updated)
        let broken = try await world.browser().get(address).body
        #expect(broken.contains("It was promised before, and that promise was taken back."))
        #expect(!broken.contains("It has slipped back."))
    }

    @Test("a link to it shows its title and what such a page is, and nothing that anybody said")
    func openGraph() async throws {
        let world = try await World(.sqlite)
        let asked = try await Asked(world)
        let address = try await asked.publish()
        let body = try await world.browser().get(address).body
        let head = String(try #require(body.firstMatch(of: /(?s)<head>.*<\/head>/)).output)
        #expect(head.contains("<meta property=\"og:title\" content=\"Going home: we said, we did\">"))
        #expect(head.contains("<meta property=\"og:url\" content=\"\(world.house.settings.address)\(address)\">"))
        #expect(!head.contains("ramp") && !head.contains("build one"))
    }

    @Test("a backup put back shows nobody what has been stopped or taken off since", arguments: Engine.available)
    func lettingGo(engine: Engine) async throws {
        let world = try await World(engine)
        let asked = try await Asked(world)
        let address = try await asked.publish()
        _ = try await asked.tick(asked.said, by: "Ben", as: "Benedict")
        let piece = "/contributions/\(asked.said.text)"
        try await asked.group["Ben"].fill(piece, sendingTo: piece + "/public", ["public": "no"])
        try await asked.group["Ben"].fill(asked.here, sendingTo: asked.here + "/stopped")
        let acts = try await world.house.database.read { try $0.letGo() }
        #expect(acts.map(\.kind).suffix(2) == [.consent, .publishing])
        // As the house was before both.
        try await world.house.database.write { db in
            try db.run("update consent set ended = null, name = 'Benedict'")
            try db.run("update publication set began = 1")
            try db.forgetLetGo(after: Int64(acts.count) - 2)
            _ = try LettingGoAgain(acts: acts).apply(db)
        }
        #expect(try await world.browser().get(address).code == 404)
        let standing = try await world.house.database.read {
            try $0.count("select count(*) from consent where ended is null")
        }
        #expect(standing == 0)
    }

    @Test("whoever leaves unsigned takes the name off their public words, and whoever takes back takes the words")
    func leaving() async throws {
        let world = try await World(.sqlite)
        let asked = try await Asked(world)
        let address = try await asked.publish()
        _ = try await asked.tick(asked.said, by: "Ben", as: "Benedict")
        _ = try await asked.tick(asked.unsaid, by: "Mair", as: "Mair Ann")
        try await asked.group["Ben"].fill("/leaving", ["wish": "unsigned"])
        let unsigned = try await world.browser().get(address).body
        #expect(
            unsigned.contains("The step beat me") && !unsigned.contains("Benedict") && unsigned.contains("Mair Ann"))
        try await asked.group["Mair"].fill("/leaving", ["wish": "takenBack"])
        let body = try await world.browser().get(address).body
        #expect(!body.contains("rain") && !body.contains("Mair Ann"))
    }

    /// What a page says, without its marks.
    private func words(_ html: String) -> String {
        let bare = html.replacing(/<[^>]*>/, with: " ").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
            .replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing("&amp;", with: "&")
        return bare.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
