import Crypto
import CryptoExtras
import Foundation

/// Eight plain words that seal backups.
///
/// A backup lies where anybody who has it can try words for ever, with nobody to count the wrong ones, and it holds
/// everything: so eight, where what is asked of a house has six. Each word carries 11 bits, 88 in all: 82 that nobody
/// chose, then 6 that check them.
public struct BackupWords: Sendable, Equatable {
    /// How many words there are, always.
    public static let howMany = 8
    private static let checkBits = 6
    private static let mask = (1 << checkBits) - 1

    /// Where each word stands in the list.
    private let places: [Int]

    /// Eight words that nobody could foresee.
    public static func random() -> BackupWords {
        var places = (0..<howMany).map { _ in Int.random(in: 0..<WordList.words.count) }
        places[howMany - 1] = (places[howMany - 1] & ~mask) | check(of: places)
        return BackupWords(places: places)
    }

    /// Reads the words however they were written, or says what to look at again.
    public init(reading text: String) throws {
        let typed = TypedWords.split(text)
        guard typed.count == Self.howMany else { throw Trouble.howMany(typed.count) }
        let places = try typed.map { word in
            guard let place = WordList.place(of: word) else {
                throw Trouble.unknown(word: word, maybe: WordList.nearest(to: word))
            }
            return place
        }
        guard places[Self.howMany - 1] & Self.mask == Self.check(of: places) else {
            throw Trouble.outOfOrder
        }
        self.places = places
    }

    /// Reads the words from a file that only its owner may read.
    public init(in file: URL) throws {
        guard let rights = try? FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        else { throw Trouble.noFile(file.path) }
        guard rights & 0o077 == 0 else { throw Trouble.open(file.path) }
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { throw CopyTrouble.unreadable(file.path) }
        try self.init(reading: text)
    }

    private init(places: [Int]) { self.places = places }

    /// The words as they are said and written down.
    public var spoken: String { places.map { WordList.words[$0] }.joined(separator: " ") }

    /// Six bits of a digest of the rest.
    private static func check(of places: [Int]) -> Int {
        let chance = places.dropLast() + [places[howMany - 1] >> checkBits]
        let text = "roundtable eight words check " + chance.map { "\($0)" }.joined(separator: " ")
        return SHA256.hash(data: Data(text.utf8)).withUnsafeBytes { Int($0[0]) } & mask
    }

    /// The key of one backup, and what shows that the words are its words without opening it.
    func key(salt: [UInt8], work: UInt8) throws -> (SymmetricKey, check: [UInt8]) {
        let made = try KDF.Scrypt.deriveKey(
            from: Data("roundtable backup\n\(spoken)".utf8), salt: Data(salt),
            outputByteCount: 32 + Sealed.Heading.checkLength, rounds: 1 << Int(work), blockSize: 8, parallelism: 1)
        return made.withUnsafeBytes { (SymmetricKey(data: $0.prefix(32)), Array($0.dropFirst(32))) }
    }

    /// Why words can't be used, as a sentence for whoever typed them. It never holds all of them.
    public enum Trouble: Error, Equatable, Sendable, CustomStringConvertible {
        case howMany(Int)
        case unknown(word: String, maybe: [String])
        case outOfOrder
        /// They are eight of our words, and another backup's.
        case others
        case noFile(String)
        case open(String)

        public var description: String {
            switch self {
            case .howMany(let count): "A backup has \(BackupWords.howMany) words, and these are \(count)."
            case .unknown(let word, let maybe):
                "“\(word)” is not one of our words."
                    + (maybe.isEmpty ? "" : " Is it \(maybe.joined(separator: " or "))?")
            case .outOfOrder: "All are our words, but they don't belong together: one is wrong, or out of its place."
            case .others: "These are not the words of this backup. Nothing was changed."
            case .noFile(let file):
                "There is no file \(file). `roundtable backup` without --words-file prints new words: write them down on paper, and in that file."
            case .open(let file): "Others on this machine can read the words: chmod 600 \(file)"
            }
        }
    }
}

extension BackupWords: CustomStringConvertible, CustomReflectable {
    /// Never the words: what is printed ends up in logs.
    public var description: String { "eight words" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
