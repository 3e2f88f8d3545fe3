import Foundation
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("Backups")
struct BackupTests {
    /// Hardly any work for each try at the words: what is tried here is not how long a guess takes.
    static let work: UInt8 = 4

    /// A house with some words in it, and a picture that fills several sealed pieces.
    private func lived(_ engine: Engine) async throws -> Place {
        let place = try Place(engine)
        let world = try await place.world()
        _ = try await Scene.lay(in: world)
        try FileManager.default.createDirectory(
            at: place.data.appending(path: "files"), withIntermediateDirectories: true)
        try Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }).write(
            to: place.data.appending(path: "files/picture"))
        await world.house.close()
        return place
    }

    private func backedUp(_ place: Place, _ words: BackupWords) async throws -> URL {
        let file = try newFile("house.backup")
        try await Copies.backUp(place.settings, to: file, with: words, at: World.beginning, work: Self.work)
        return file
    }

    @Test("what is put back is what there was, on either engine", arguments: HouseFileTests.ways)
    func putBack(from: Engine, to: Engine) async throws {
        let (place, other) = (try await lived(from), try Place(to))
        let words = BackupWords.random()
        let file = try await backedUp(place, words)
        let restored = try await Copies.restore(other.settings, from: file, with: words, letGo: nil)
        #expect(restored.report.made == World.beginning.date && restored.again == Copies.Told())
        #expect(try await other.contents() == place.contents())
        #expect(
            try Data(contentsOf: other.data.appending(path: "files/picture"))
                == Data(contentsOf: place.data.appending(path: "files/picture")))
    }

    @Test("nothing of the house can be read in it, and only its owner may read it at all")
    func sealed() async throws {
        let place = try await lived(.sqlite)
        let file = try await backedUp(place, .random())
        let bytes = try Data(contentsOf: file)
        #expect(bytes.count > 300_000)
        let key = try Data(contentsOf: place.data.appending(path: "secret"))
        let plain = try newFile()
        try await Copies.export(place.settings, to: plain)
        for piece in [key, Data("contribution".utf8), Data("·501·".utf8)] {
            #expect(bytes.range(of: piece) == nil)
            #expect(try Data(contentsOf: plain).range(of: piece) != nil, "and the file that is not sealed has it")
        }
        let rights = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(rights == 0o600)
        let again = try await backedUp(place, .random())
        #expect(try Data(contentsOf: again).prefix(10_000) != bytes.prefix(10_000))
    }

    @Test("a backup that is cut, harmed, put together otherwise, or opened with other words is refused")
    func refused() async throws {
        let place = try await lived(.sqlite)
        let words = BackupWords.random()
        let whole = try Data(contentsOf: try await backedUp(place, words))
        let empty = try Place(.sqlite)
        func refusal(_ bytes: Data, _ words: BackupWords = words) async -> (any Error)? {
            let file = try? newFile()
            try? bytes.write(to: file!)
            do {
                _ = try await Copies.restore(empty.settings, from: file!, with: words, letGo: nil)
                return nil
            } catch {
                return error
            }
        }
        #expect(await refusal(whole, .random()) as? BackupWords.Trouble == .others)
        for length in [whole.count - 1, whole.count - 20, whole.count / 2, 60] {
            #expect(await refusal(whole.prefix(length)) as? CopyTrouble == .cutOff)
        }
        #expect(await refusal(Data("rubbish".utf8)) as? CopyTrouble == .notACopy)
        let plain = try newFile()
        try await Copies.export(place.settings, to: plain)
        #expect(await refusal(try Data(contentsOf: plain)) as? CopyTrouble == .plain)
        await #expect(throws: CopyTrouble.sealed) {
            let file = try newFile()
            try whole.write(to: file)
            try await Copies.bringIn(empty.settings, from: file)
        }
        for _ in 0..<200 {
            var flipped = whole
            let place = Int.random(in: Sealed.firstLine.count..<whole.count - Sealed.lastLine.count)
            flipped[place] ^= 1 << UInt8.random(in: 0..<8)
            #expect(await refusal(flipped) as? CopyTrouble == .harmed, "byte \(place)")
        }
        let (start, length) = (Sealed.Heading.length, Sealed.piece + Sealed.tag)
        func piece(_ number: Int) -> Data { whole[(start + number * length)..<(start + (number + 1) * length)] }
        let head = whole.prefix(start)
        let rest = whole.dropFirst(start + 2 * length)
        try #require(rest.count > length, "there are more than three pieces")
        let (first, second, last) = (piece(0), piece(1), Data(Sealed.lastLine))
        let mixed: [[Data]] = [
            [head, second, first, rest], [head, first, first, rest], [head, first, rest],
            [head, first, second, second, rest], [head, first, last], [head, last],
        ]
        for pieces in mixed {
            let bytes = pieces.reduce(into: Data()) { $0 += $1 }
            #expect(await refusal(bytes) as? CopyTrouble == .harmed)
        }
        #expect(await refusal(whole) == nil, "and as it was made it is taken")
    }

    @Test("the words are read however they are written, and say what to look at again")
    func words() throws {
        let words = BackupWords.random()
        let spoken = words.spoken.split(separator: " ").map { String($0) }
        #expect(spoken.count == 8 && spoken.allSatisfy { WordList.words.contains($0) })
        let lines = spoken.enumerated().map { "\($0 + 1). \($1.uppercased())" }.joined(separator: "\n")
        #expect(try BackupWords(reading: lines) == words)
        #expect(try BackupWords(reading: spoken.map { $0.prefix(4) }.joined(separator: "-")) == words)
        #expect(throws: BackupWords.Trouble.howMany(7)) {
            try BackupWords(reading: spoken.dropLast().joined(separator: " "))
        }
        #expect(throws: BackupWords.Trouble.unknown(word: "qqqqqq", maybe: [])) {
            try BackupWords(reading: (["qqqqqq"] + spoken.dropFirst()).joined(separator: " "))
        }
        #expect("\(words)" == "eight words" && !"\(String(reflecting: words))".contains(spoken[0]))
        // 63 of 64 slips are noticed: of six hundred, hardly thirty pass.
        let passed = (0..<600).filter { _ in
            var slipped = spoken
            slipped[Int.random(in: 0..<8)] = WordList.words.randomElement()!
            return slipped != spoken && (try? BackupWords(reading: slipped.joined(separator: " "))) != nil
        }
        #expect(passed.count < 30)
        let all = Set((0..<200).map { _ in BackupWords.random().spoken })
        #expect(all.count == 200)
    }

    @Test("a file of words is only taken when nobody else can read it")
    func wordsFile() throws {
        let (file, words) = (try newFile("words"), BackupWords.random())
        #expect(throws: BackupWords.Trouble.noFile(file.path)) { try BackupWords(in: file) }
        try Data("\(words.spoken)\n".utf8).write(to: file)
        chmod(file.path, 0o644)
        #expect(throws: BackupWords.Trouble.open(file.path)) { try BackupWords(in: file) }
        chmod(file.path, 0o600)
        #expect(try BackupWords(in: file) == words)
    }

    @Test("a try at the words takes the work that was said")
    func stretched() throws {
        let words = BackupWords.random()
        let heading = try Sealed.Heading(words, work: 5)
        #expect(try Sealed.Heading(heading.bytes, openedBy: words).key == heading.key)
        #expect(try words.key(salt: [1], work: 5).0 != words.key(salt: [1], work: 6).0)
        #expect(try words.key(salt: [1], work: 5).0 != words.key(salt: [2], work: 5).0)
        #expect(Sealed.work >= 17)
    }
}
