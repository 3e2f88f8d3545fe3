import Foundation
import HTTPTypes
import NIOCore
import Photographs
import PhotographsTesting
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("Said with a photograph")
struct PictureTests {
    static let words = "Going home: who has the key?"
    static let drawing = Drawn.png(60, 40)

    private func gathered(_ engine: Engine) async throws -> (World, Gathered) {
        let table = try await Table(engine)
        try await table.lay()
        return (table.world, try await Gathered(table))
    }

    /// Says it in the room of a gathering.
    @discardableResult
    private func say(
        _ words: String = words, with file: [UInt8] = drawing, named name: String = "wall.jpg", by browser: Browser,
        at gathered: Gathered, bearing: String = "card", page: Answer? = nil
    ) async throws -> Answer {
        let shown = if let page { page } else { try await browser.get("\(gathered.address)/pictures") }
        return try await browser.send(
            shown, to: "\(gathered.address)/pictures", ["words": words, "bearing": bearing], file: file, named: name)
    }

    private func contribution(_ world: World, _ words: String = words) async throws -> String {
        let id: ID<Contribution>? = try await world.house.database.read { db in
            try db.one("select id from contribution where words = \(words)") { $0[0] }
        }
        return "/contributions/\(try #require(id))"
    }

    /// The files that the house keeps, and those that are arriving.
    private func files(_ world: World) -> [String] {
        let data = world.house.settings.data
        return ["files", "arriving"].flatMap { folder in
            let all = FileManager.default.enumerator(atPath: data.appending(path: folder).path)
            return (all?.compactMap { $0 as? String } ?? []).filter { $0.contains("/") || folder == "arriving" }
        }
    }

    // MARK: Seeing it

    @Test("it stands beside its words, small, and opens large, for whoever may read them", arguments: Engine.available)
    func shown(engine: Engine) async throws {
        let (world, gathered) = try await gathered(engine)
        let guest = try await gathered.guest()
        let noted = Drawn.held(1, try await made(world, Self.drawing))
        #expect(try await say(with: noted, by: guest, at: gathered).code == 303)
        let address = try await contribution(world)
        for browser in [guest, gathered.table.founder] {
            let room = try await browser.get("\(gathered.address)/room")
            #expect(room.body.contains("src=\"\(address)/picture/small\"") && room.body.contains(Self.words))
            for size in ["\(address)/picture", "\(address)/picture/small"] {
                let picture = try await browser.get(size)
                #expect(picture.code == 200 && picture.headers[.contentType] == "image/jpeg")
                #expect(picture.headers[.cacheControl] == "no-store")
                #expect(picture.headers[.contentTypeOptions] == "nosniff")
                #expect(Photograph.Kind(beginning: picture.bytes) == .jpeg)
                #expect(picture.bytes.firstRange(of: Array("GPS".utf8)) == nil)
            }
        }
        #expect(try await gathered.table.founder.get(gathered.table.address).body.contains("\(address)/picture/small"))
    }

    private func made(_ world: World, _ png: [UInt8]) async throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data(png).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try await world.house.darkroom.make(from: file).large.bytes
    }

    @Test("to anybody else it is not there, and to a guest no more once it is set aside")
    func hidden() async throws {
        let (world, gathered) = try await gathered(.sqlite)
        let (guest, other) = (try await gathered.guest(), try await gathered.guest())
        try await say(by: guest, at: gathered)
        let picture = try await contribution(world) + "/picture"
        let strangers = [world.browser(), try await world.person("Neighbour")]
        for stranger in strangers {
            let answer = try await stranger.get(picture)
            #expect(answer.code == 404)
            #expect(answer.body == (try await stranger.get("/contributions/\(ID<Never>.anonymous())/picture")).body)
        }
        #expect(try await other.get(picture).code == 200)
        let piece = try await gathered.table.founder.get(picture.replacing("/picture", with: ""))
        try await gathered.table.founder.send(
            piece, to: picture.replacing("/picture", with: "/setting-aside"), ["kind": "harm", "reason": "A face."])
        #expect(try await other.get(picture).code == 404)
        #expect(try await guest.get(picture).code == 200, "its giver sees it still")
        #expect(try await gathered.table.founder.get(picture).code == 200, "and those who decide")
    }

    @Test("what somebody keeps to themselves is theirs alone to see")
    func keptPrivate() async throws {
        let (world, gathered) = try await gathered(.sqlite)
        let founder = gathered.table.founder
        let page = try await founder.get("\(gathered.table.address)/pictures")
        let answer = try await founder.send(
            page, to: "\(gathered.table.address)/pictures",
            ["words": Self.words, "bearing": "name", "private": "yes"], file: Self.drawing)
        #expect(answer.code == 303)
        let picture = try await contribution(world) + "/picture"
        #expect(try await founder.get(picture).code == 200)
        #expect(try await gathered.guest().get(picture).code == 404)
    }

    // MARK: What can't be shown

    @Test("twenty megabytes that are really a zip are refused kindly, with what was typed", arguments: Engine.available)
    func zip(engine: Engine) async throws {
        let (world, gathered) = try await gathered(engine)
        let guest = try await gathered.guest()
        let zip = Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 7, count: Photograph.largestFile - 4)
        let answer = try await say(with: zip, named: "wall.jpg", by: guest, at: gathered)
        #expect(answer.code == 422)
        #expect(answer.body.contains("not a photograph that can be shown here"))
        #expect(answer.body.contains(">\n\(Self.words)</textarea>"))
        #expect(files(world) == [])
        let again = try await say(by: guest, at: gathered, page: answer)
        #expect(again.code == 303, "and then it goes through")
    }

    @Test("what is larger, what is damaged, what only phones open, no file and no words each have their sentence")
    func refusals() async throws {
        let (world, gathered) = try await gathered(.sqlite)
        let guest = try await gathered.guest()
        let bomb = Drawn.png(20_000, 20_000, says: [0])
        let long = Drawn.png(1, 1) + [UInt8](repeating: 0, count: Photograph.largestFile)
        let heic = Array("\0\0\0\u{18}ftypheic\0\0\0\0".utf8)
        for (file, sentence) in [
            (long, "larger than 20 MB"), (bomb, "more than 64 million dots"), (heic, "(HEIC)"),
            ([], "Choose a photograph."),
            (Array(Self.drawing.prefix(100)), "is damaged"),
        ] {
            let answer = try await say(with: file, by: guest, at: gathered)
            #expect(answer.code == 422 && answer.body.contains(sentence), "\(sentence)")
            #expect(answer.body.contains(Self.words))
        }
        let wordless = try await say("  ", by: guest, at: gathered)
        #expect(wordless.code == 422 && wordless.body.contains("for those who can’t see it"))
        #expect(wordless.body.contains("choose the photograph again"))
        #expect(files(world) == [])
        #expect(try await world.house.database.read { try $0.count("select count(*) from contribution") } == 0)
    }

    @Test("a file from a page that is not ours is never kept")
    func forged() async throws {
        let (world, gathered) = try await gathered(.sqlite)
        let guest = try await gathered.guest()
        let page = Answer(status: .ok, headers: [:], body: "name=\"guard\" value=\"none\"", bytes: [])
        let answer = try await say(by: guest, at: gathered, page: page)
        #expect(answer.code == 403 && answer.body.contains(Self.words))
        #expect(files(world) == [])
    }

    @Test("a file that no door asks for, or that nobody we know sends, is never written", arguments: Engine.available)
    func unasked(engine: Engine) async throws {
        let (world, gathered) = try await gathered(engine)
        let arriving = world.house.settings.data.appending(path: Upload.folder).path
        let (guest, stranger, pretender) = (try await gathered.guest(), world.browser(), world.browser())
        pretender.hold(cookie: Doorkeeper.cookie, "made-up")
        for (browser, path) in [
            (guest, "/nothing-is-here"), (guest, "/display"), (stranger, "\(gathered.address)/pictures"),
            (pretender, "\(gathered.address)/pictures"), (stranger, "/words"),
        ] {
            let page = try await browser.get("/words")
            try await browser.send(page, to: path, ["words": Self.words, "bearing": "card"], file: Self.drawing)
            #expect(!FileManager.default.fileExists(atPath: arriving), "\(path)")
        }
        #expect(try await say(by: guest, at: gathered).code == 303)
        #expect(FileManager.default.fileExists(atPath: arriving), "the test can fail")
    }

    @Test("where many are arriving already, what was typed waits in the page, and there is room again afterwards")
    func crowded() async throws {
        let (world, gathered) = try await gathered(.sqlite)
        let guest = try await gathered.guest()
        var rooms = (0..<Arrivals.most).compactMap { _ in world.house.arrivals.room() }
        try #require(rooms.count == Arrivals.most && world.house.arrivals.room() == nil)
        let full = try await say(by: guest, at: gathered)
        #expect(full.code == 503 && full.body.contains(Self.words))
        rooms.removeLast()
        for _ in 0..<2 { #expect(try await say(by: guest, at: gathered).code == 303) }
        rooms.removeAll()
        #expect(files(world).count == 4)
    }

    // MARK: Once, and gone

    @Test("sent twice it is said once; other words or another photograph under the same name are refused")
    func twice() async throws {
        let (world, gathered) = try await gathered(.sqlite)
        let guest = try await gathered.guest()
        let page = try await guest.get("\(gathered.address)/pictures")
        for _ in 0..<2 { #expect(try await say(by: guest, at: gathered, page: page).code == 303) }
        #expect(files(world).count == 2)
        let other = try await say(with: Drawn.png(40, 60), by: guest, at: gathered, page: page)
        #expect(other.code == 422)
        #expect(files(world).count == 2, "the other's files are gone")
        #expect(try await guest.get(contribution(world) + "/picture").code == 200)
        #expect(try await world.house.database.read { try $0.count("select count(*) from contribution") } == 1)
    }

    @Test("taken back it is gone from the disk at once, and leaves an empty place", arguments: Engine.available)
    func takenBack(engine: Engine) async throws {
        let (world, gathered) = try await gathered(engine)
        let guest = try await gathered.guest()
        try await say(by: guest, at: gathered)
        let address = try await contribution(world)
        try #require(files(world).count == 2)
        #expect(try await guest.fill(address, sendingTo: "\(address)/taking-back").code == 303)
        #expect(files(world) == [])
        #expect(try await guest.get("\(address)/picture").code == 404)
        #expect(!(try await gathered.table.founder.get("\(gathered.address)/room").body.contains("<img")))
    }

    @Test("whoever leaves takes it along, and what they take back is gone from the disk", arguments: Engine.available)
    func leaving(engine: Engine) async throws {
        let (world, gathered) = try await gathered(engine)
        let tom = try await gathered.guest("Tom")
        try await say(by: tom, at: gathered, bearing: "name")
        try await tom.fill("/leaving", ["wish": "takenBack"])
        #expect(files(world) == [])
        let words = try await tom.get("/farewell").body.matches(of: /<li>([a-z]+)<\/li>/).map { String($0.output.1) }
        let zip = try await tom.fill("/words/\(words.joined(separator: "-"))")
        #expect(zip.bytes.firstRange(of: Array("photograph-1.jpg".utf8)) != nil)
    }

    @Test("whatever an end without warning leaves behind is swept away, and nothing else is")
    func sweeping() async throws {
        let (world, gathered) = try await gathered(.sqlite)
        let guest = try await gathered.guest()
        try await say(by: guest, at: gathered)
        let house = world.house
        let orphan = try house.files.keep([1, 2, 3], for: "nobody")
        let arriving = Upload.place(in: house.settings.data)
        try FileManager.default.createDirectory(
            at: arriving.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data([1]).write(to: arriving)
        try await house.sweepFiles()
        #expect(house.files.read(orphan) != nil, "it may be on its way")
        let data = house.settings.data
        for file in FileManager.default.enumerator(atPath: data.path)!.compactMap({ $0 as? String }) {
            let old: [FileAttributeKey: Any] = [.modificationDate: Date(timeIntervalSinceNow: -2 * Files.orphaned)]
            try FileManager.default.setAttributes(old, ofItemAtPath: data.appending(path: file).path)
        }
        try await house.sweepFiles()
        #expect(house.files.read(orphan) == nil)
        #expect(files(world).count == 2)
        #expect(try await guest.get(contribution(world) + "/picture").code == 200)
    }

    // MARK: A form with a file, as it arrives

    @Test("however it is cut up on the way, the same arrives")
    func pieces() throws {
        var chance = SystemRandomNumberGenerator()
        let file: [UInt8] = Array("\r\n--b\r\n--borde\r-\r\n\r\n--borde".utf8) + [0, 255, 13, 10]
        let body =
            Array(
                "--border\r\nContent-Disposition: form-data; name=\"words\"\r\n\r\nBread\r\n& roses\r\n--border\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--border\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a\"\r\n\r\n"
                    .utf8) + file + Array("\r\n--border--\r\n".utf8)
        for _ in 0..<200 {
            let place = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
            var arriving = ArrivingForm(border: "border", room: 1_000) { _ in place }
            var rest = body[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...min(40, rest.count), using: &chance)
                let isTaken = try arriving.take(ByteBuffer(bytes: rest.prefix(count)))
                #expect(isTaken)
                rest = rest.dropFirst(count)
            }
            let isWhole = arriving.finish()
            #expect(isWhole)
            #expect(arriving.form["words"] == "Bread\r\n& roses")
            #expect(arriving.form.has("empty") && arriving.form["empty"].isEmpty)
            let upload = try #require(arriving.upload)
            #expect(try Array(Data(contentsOf: upload.file)) == file)
            upload.discard()
        }
    }

    @Test("what ends before its end, and fields that are too long, are no form")
    func noForm() throws {
        let heading = "--b\r\nContent-Disposition: form-data; name=\"words\"\r\n\r\n"
        var cut = ArrivingForm(border: "b", room: 100) { _ in nil }
        let isTaken = try cut.take(ByteBuffer(string: heading + "Bread"))
        let isWhole = cut.finish()
        #expect(isTaken && !isWhole)
        var long = ArrivingForm(border: "b", room: 100) { _ in nil }
        let isLongTaken = try long.take(ByteBuffer(string: heading + String(repeating: "x", count: 200) + "\r\n--b--"))
        #expect(!isLongTaken)
        #expect(ArrivingForm.border(in: "application/x-www-form-urlencoded") == nil)
        #expect(ArrivingForm.border(in: "multipart/form-data; boundary=\"x y\"") == "x y")
    }

    @Test(
        "a word that somebody asked not to hear is told before anything is kept, and it may be kept as it is",
        arguments: Engine.available)
    func reminded(engine: Engine) async throws {
        let (world, gathered) = try await gathered(engine)
        try await gathered.table.founder.fill("/me/known", sendingTo: "/me/words", ["words": "sufferer"])
        let (guest, typed) = (try await gathered.guest(), "Asha, no sufferer, drew this.")
        let told = try await say(typed, by: guest, at: gathered)
        #expect(told.code == 422 && told.body.contains("Asha has asked that nobody says “sufferer” about Asha."))
        #expect(told.body.contains(">\n\(typed)</textarea>") && told.body.contains("choose the photograph again"))
        #expect(files(world) == [])
        let address = "\(gathered.address)/pictures"
        let form = try #require(told.forms.first { $0.action == address })
        let keep = try #require(form.fields.first { $0.name == Reminder.keep }).value
        let kept = try await guest.send(
            told, to: address, ["words": typed, "bearing": "card", Reminder.keep: keep], file: Self.drawing)
        #expect(kept.code == 303)
        #expect(try await guest.get(contribution(world, typed) + "/picture").code == 200)
    }
}
