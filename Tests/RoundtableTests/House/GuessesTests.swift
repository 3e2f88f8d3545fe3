import Foundation
import Testing

@testable import Roundtable

@Suite("Wrong guesses")
struct GuessesTests {
    let hall = "192.0.2.7"
    let now = Moment(0)

    @Test("ten thousand wrong guesses and forty right ones from one hall: the forty all open, at once")
    func hallIsNeverLockedOut() async {
        let guesses = Guesses()
        let right = Set((0..<40).map { "right \($0)" })
        let order = ((0..<10_000).map { "wrong \($0)" } + right).shuffled()

        // As the door does it: look first, and count only when nothing is found.
        let answers = await withTaskGroup(of: Guesses.Courtesy?.self) { group in
            for guess in order {
                group.addTask { [hall, now] in
                    right.contains(guess) ? nil : await guesses.wrong(network: hall, device: nil, at: now)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }

        #expect(answers.count { $0 == nil } == 40)
        #expect(answers.count { $0 == .tryAgain } == Guesses.freeForNetwork)
        #expect(answers.count { $0 == .slow(wait: Guesses.wait) } == Guesses.mostHeld)
        #expect(answers.count { $0 == .enough } == 10_000 - Guesses.freeForNetwork - Guesses.mostHeld)
    }

    @Test("an answer held back comes after its wait, the others at once")
    func waiting() async throws {
        let clock = ContinuousClock()
        let start = clock.now
        #expect(try await Guesses.Courtesy.tryAgain.wait())
        #expect(try await Guesses.Courtesy.enough.wait() == false)
        #expect(try await Guesses.Courtesy.slow(wait: .milliseconds(50)).wait())
        #expect(clock.now - start >= .milliseconds(50))
    }

    @Test("one device that goes on guessing is slowed, and the next device in the hall isn't")
    func oneDevice() async {
        let guesses = Guesses()
        for _ in 0..<Guesses.freeForDevice {
            #expect(await guesses.wrong(network: hall, device: "a", at: now) == .tryAgain)
        }
        #expect(await guesses.wrong(network: hall, device: "a", at: now) == .slow(wait: Guesses.wait))
        #expect(await guesses.wrong(network: hall, device: "b", at: now) == .tryAgain)
    }

    @Test("held answers make room again when they have been given, and mistakes are forgotten after a while")
    func timePasses() async {
        let guesses = Guesses()
        for _ in 0..<(Guesses.freeForNetwork + Guesses.mostHeld) {
            _ = await guesses.wrong(network: hall, device: nil, at: now)
        }
        #expect(await guesses.wrong(network: hall, device: nil, at: now) == .enough)
        let soon = now + Guesses.wait
        #expect(await guesses.wrong(network: hall, device: nil, at: soon) == .slow(wait: Guesses.wait))
        let later = now + Guesses.window
        #expect(await guesses.wrong(network: hall, device: nil, at: later) == .tryAgain)
    }

    @Test("however many networks and devices there are, only so many are remembered, the newest among them")
    func bounded() async {
        let guesses = Guesses()
        for number in 0..<25_000 {
            _ = await guesses.wrong(network: hall, device: "device \(number)", at: now)
        }
        #expect(await guesses.remembered <= Guesses.mostKeys)
        #expect(await guesses.remembered >= Guesses.mostKeys / 2)
        #expect(await guesses.wrong(network: hall, device: "new", at: now) == .enough)
    }

    @Test("an IPv6 line counts as one, an IPv4 address as itself however it is written")
    func networks() {
        #expect(Network(address: "2001:db8:1:2::1") == Network(address: "2001:db8:1:2:ffff:eeee:dddd:cccc"))
        #expect(Network(address: "2001:db8:1:2::1") != Network(address: "2001:db8:1:3::1"))
        #expect(Network(address: "[fe80::1%eth0]") == Network(address: "fe80::2"))
        #expect(Network(address: "::ffff:192.0.2.7") == Network(address: hall))
        #expect(Network(address: "192.0.2.8") != Network(address: hall))
        #expect(Network(address: "nonsense") == Network(address: ""))
        #expect(!"\(Network(address: hall))".contains("192"))
    }
}
