import HTTPTypes
import Storage
import StorageTesting
import Synchronization
import Testing

@testable import Roundtable

@Suite("Guessing")
struct GuessingTests {
    /// Wrong guesses in all, half at codes and half at six words.
    private static let guesses = 10_000
    private static let guessers = 8
    private static let people = 40

    @Test("while somebody tries ten thousand wrong codes and words, forty behind the same address come in at once")
    func hall() async throws {
        let world = try await World(.sqlite, connections: 4)
        let scene = try await Scene.lay(in: world)
        let code = try #require(scene.things["code"])
        let (left, turnedAway) = (Tally(Self.guesses), Tally(0))
        try await withThrowingTaskGroup { group in
            for _ in 0..<Self.guessers {
                group.addTask {
                    let browser = world.browser()
                    while true {
                        let number = left.add(-1)
                        guard number >= 0 else { return }
                        let address =
                            number % 2 == 0 ? "/codes/\(wrong(number, but: code))" : "/words/\(SixWords.random().slug)"
                        let answer = try await browser.get(address)
                        try #require(answer.code == 422)
                        if answer.body.contains("wait a minute") {
                            turnedAway.add(1)
                        }
                    }
                }
            }
            // By now nobody behind this address has a wrong guess to spare.
            while left.count > Self.guesses - 2 * Guesses.freeForNetwork {
                try await Task.sleep(for: .milliseconds(10))
            }
            for number in 1...Self.people {
                let phone = world.browser()
                let page = try await phone.get("/codes")
                let door = try await phone.send(page, to: "/codes", ["code": code.lowercased()])
                try #require(door.location == "/codes/\(code)", "phone \(number)")
                let inside = try await phone.fill("/codes/\(code)", ["name": "·\(number)·"])
                try #require(inside.code == 303, "phone \(number)")
            }
            #expect(left.count > 0, "they came in while it went on")
            try await group.waitForAll()
        }
        #expect(turnedAway.count > Self.guesses / 2, "the guesser was told to stop")
        let chairs = try await world.house.database.read { db in
            try db.count(
                "select count(*) from chair join gathering on gathering.id = chair.gathering where code = \(code)")
        }
        #expect(chairs >= Self.people)
    }
}

/// A code that could be one and isn't this one.
private func wrong(_ number: Int, but code: String) -> String {
    let letters = Code.alphabet.map { String($0) }
    var made = ""
    var rest = number
    while made.count < Code.length {
        let next = letters[rest % letters.count]
        rest = rest / letters.count + 1
        made += made.hasSuffix(next) ? letters[(rest + 1) % letters.count] : next
    }
    return made == code ? "HJHJ" : made
}

/// A number that several change.
private final class Tally: Sendable {
    private let number: Mutex<Int>

    init(_ number: Int) { self.number = Mutex(number) }

    var count: Int { number.withLock { $0 } }

    @discardableResult
    func add(_ more: Int) -> Int {
        number.withLock { number in
            number += more
            return number
        }
    }
}
