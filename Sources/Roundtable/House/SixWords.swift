import Crypto
import CryptoExtras
import Foundation

/// Six plain words that open one thing: a place, a receipt, an invitation, a parcel.
///
/// Each word carries 11 bits, 66 in all: 60 that nobody chose, then 6 that check them.
struct SixWords: Sendable, Equatable {
    /// How many words there are, always.
    static let howMany = 6

    /// The 60 bits that nobody chose.
    private let secret: UInt64

    private static let secretMask: UInt64 = (1 << 60) - 1
    private static let wordMask: UInt64 = (1 << 11) - 1
    private static let checkMask: UInt64 = (1 << 6) - 1

    private init(secret: UInt64) { self.secret = secret & Self.secretMask }

    /// Six words that nobody could foresee, when the generator is the system's.
    static func random(using generator: inout some RandomNumberGenerator) -> SixWords {
        SixWords(secret: generator.next())
    }

    /// Six words that nobody could foresee.
    static func random() -> SixWords {
        var chance = SystemRandomNumberGenerator()
        return random(using: &chance)
    }

    /// The words that a keyed hash stands for: the same again for whoever sends the same form again.
    init(hash: String) { self.init(secret: UInt64(hash.prefix(16), radix: 16) ?? 0) }

    /// The words as they are said: lower case, one space between.
    var spoken: String { words.joined(separator: " ") }

    /// The words as they stand in an address: lower case, one hyphen between.
    var slug: String { words.joined(separator: "-") }

    /// The six, in order.
    var words: [String] { places.map { WordList.words[$0] } }

    /// Where each word stands in the list: five of them carry 55 bits, the last carries 5 and the check.
    private var places: [Int] {
        let first = (1...5).map { Int((secret >> (60 - 11 * UInt64($0))) & Self.wordMask) }
        return first + [Int((secret << 6 | Self.check(of: secret)) & Self.wordMask)]
    }

    /// Six bits of a digest. A plain checksum is blind to some kinds of change; a digest is blind to none in
    /// particular, so a wrong word and two words changed about are both noticed 63 times in 64.
    private static func check(of secret: UInt64) -> UInt64 {
        var digest = SHA256()
        digest.update(data: Data("roundtable six words check".utf8))
        digest.update(data: bytes(of: secret))
        return digest.finalize().withUnsafeBytes { UInt64($0[0]) } & checkMask
    }

    private static func bytes(of secret: UInt64) -> Data {
        withUnsafeBytes(of: secret.bigEndian) { Data($0) }
    }
}

// MARK: Keeping

extension SixWords {
    /// The 256-bit key that seals and opens one parcel. It comes from the words and the parcel's own salt and
    /// from nothing that the house keeps, so the house cannot open what it holds.
    ///
    /// - Parameters:
    ///   - salt: at least 16 random bytes, kept beside the parcel.
    ///   - work: scrypt's N (RFC 7914): each try takes about N kilobytes of memory and so many turns.
    func parcelKey(salt: Data, work: Int) throws -> SymmetricKey {
        try KDF.Scrypt.deriveKey(
            from: Self.bytes(of: secret), salt: salt, outputByteCount: 32, rounds: work, blockSize: 8, parallelism: 1)
    }
}

// MARK: Reading

extension SixWords {
    /// What was made of something typed, pasted or said.
    enum Reading: Equatable, Sendable {
        case words(SixWords)
        /// There aren't six, but this many.
        case howMany(Int)
        /// This isn't on the list, the nearest that are (three at most, the likeliest first).
        case unknown(word: String, maybe: [String])
        /// All six are on the list, but they don't belong together: one is wrong, or they are out of order.
        case check
    }

    /// Reads six words, forgiving how they are written; nil when they can't be read.
    init?(reading text: String) {
        guard case .words(let words) = Self.read(text) else { return nil }
        self = words
    }

    /// Reads six words from how somebody wrote them, or says what to look at again.
    ///
    /// Capitals, accents, spaces, commas, hyphens, lines and numbers before the words make no difference, and the
    /// first four letters of each word are enough. A whole address that ends in the words is read too.
    static func read(_ text: String) -> Reading {
        let typed = TypedWords.split(text)
        guard typed.count == howMany else { return .howMany(typed.count) }

        var places: [UInt64] = []
        for word in typed {
            guard let place = WordList.place(of: word) else {
                return .unknown(word: word, maybe: WordList.nearest(to: word))
            }
            places.append(UInt64(place))
        }
        let words = SixWords(secret: places.prefix(5).reduce(0) { $0 << 11 | $1 } << 5 | places[5] >> 6)
        return places[5] & checkMask == check(of: words.secret) ? .words(words) : .check
    }
}

// MARK: Saying nothing in a log

extension SixWords: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Never the words: what is printed ends up in logs.
    var description: String { "six words" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}
