import Foundation
import Logging
import Metrics
import Storage
import StorageTesting
import Synchronization
import Testing

@testable import Roundtable

@Suite("Figures for whoever looks after the machine")
struct FiguresTests {
    @Test("requests are counted by their pattern, and timed in bounds that add up")
    func counted() {
        let figures = Figures()
        for milliseconds in [1, 4, 40, 20_000] {
            figures.answered(
                method: "GET", door: "/projects/{project}", status: 200, took: .milliseconds(milliseconds))
        }
        figures.answered(method: "BREW", door: "none", status: 404, took: .zero)
        let lines = figures.text.split(separator: "\n").map { String($0) }
        let marks = "door=\"/projects/{project}\",method=\"GET\""
        #expect(lines.contains("roundtable_requests_total{\(marks),status=\"200\"} 4"))
        #expect(lines.contains("roundtable_requests_total{door=\"none\",method=\"other\",status=\"404\"} 1"))
        for (bound, count) in [("0.001", 1), ("0.005", 2), ("0.05", 3), ("10.0", 3), ("+Inf", 4)] {
            #expect(lines.contains("roundtable_request_seconds_bucket{\(marks),le=\"\(bound)\"} \(count)"))
        }
        #expect(lines.contains("roundtable_request_seconds_count{\(marks)} 4"))
        #expect(lines.filter { $0.hasPrefix("# TYPE") }.count == 2)
    }

    @Test("what is not listed is not kept, and a mark can't become another line")
    func closed() {
        let figures = Figures()
        Counter(label: "people", dimensions: [("name", "Amina")], factory: figures).increment()
        Counter(label: "roundtable_requests_total", dimensions: [("name", "Amina")], factory: figures).increment()
        #expect(figures.text.isEmpty)
        figures.answered(method: "GET", door: "a\"} 1\nb", status: 200, took: .zero)
        #expect(figures.text.contains("door=\"a\\\"} 1\\nb\""))
    }

    @Test("what is looked at says how the house is doing, and is about nobody", arguments: Engine.available)
    func looked(engine: Engine) async throws {
        let world = try await World(engine)
        let door = FiguresDoor(house: world.house, figures: Figures())
        let now = world.house.now()
        let project = ID<Project>.signed(at: now)
        try await world.house.database.write { db in
            try db.run(
                "insert into project (id, name, began, version) values (\(project), \("Buses"), \(now), 1)")
            try db.post(.offerLaid(project: project), in: project, at: now)
            // What is to be asked half a year later is not late until then.
            try db.post(.offerLaid(project: project), in: project, at: now, notBefore: now + .seconds(180 * 86_400))
        }
        world.wait(.seconds(90))
        let text = await door.text()
        for line in [
            "roundtable_letters_waiting 1", "roundtable_oldest_letter_seconds 90", "roundtable_database_up 1",
            "roundtable_listeners 0", "roundtable_letters_given_up 0",
        ] { #expect(text.contains("\n\(line)\n"), "\(line)") }
        #expect(!text.contains("Buses") && !text.contains(project.text))
        await world.house.database.close()
        let away = await door.text()
        #expect(away.contains("\nroundtable_database_up 0\n") && !away.contains("letters_waiting"))
    }

    @Test("the log as objects says what lines say, a whole object a line")
    func objects() throws {
        let kept = Mutex<[String]>([])
        let log = Logger(label: "test") { _ in LogObjects { line in kept.withLock { $0.append(line) } } }
        log.error("a \"fault\"\nhere", metadata: ["status": "500", "door": "/words/{words}", "words": "apple pear"])
        let lines = kept.withLock { $0 }
        let line = try #require(lines.first)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(object["said"] as? String == "a \"fault\"\nhere" && object["status"] as? Int == 500)
        #expect(object["door"] as? String == "/words/{words}" && object["level"] as? String == "error")
        #expect((object["at"] as? String)?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
        #expect(!line.contains("apple") && line.count { $0 == "\n" } == 1)
    }
}
