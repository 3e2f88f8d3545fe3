/// The short code of a gathering, read out in a hall or off a wall.
///
/// Four characters keep nothing secret: a code only finds a gathering that is open now.
struct Code: Sendable, Hashable {
    /// Four, in capitals.
    let text: String

    static let length = 4

    /// What a code is made of. Left out are those mistaken by eye (0 O Q D, 1 I L, 2 Z, 5 S, 8 B, U V, C G, T beside 7,
    /// Y beside V, F beside E, 6 turned over is 9 but never alone), those mistaken by ear (B C D E G T 3 beside P;
    /// N beside M; A beside J and K; F and S beside X), and every vowel with what passes for one (3, 4), so that no
    /// code spells a word.
    static let alphabet: [Character] = Array("HJKMPRWX679")

    /// A code by chance. The same character never stands twice in a row: it is hard to say, and easy to miss.
    static func random(using generator: inout some RandomNumberGenerator) -> Code {
        var characters: [Character] = []
        while characters.count < length {
            let next = alphabet[Int.random(in: alphabet.indices, using: &generator)]
            if next != characters.last { characters.append(next) }
        }
        return Code(text: String(characters))
    }

    /// What was made of something typed.
    enum Reading: Equatable, Sendable {
        case code(Code)
        /// There aren't four, but this many.
        case howMany(Int)
        /// This is never in a code.
        case never(Character)
        /// This stands twice in a row, which a code never has.
        case twice(Character)
    }

    /// Six characters with spaces are plenty; what is beyond this is not read.
    static let longestRead = 40

    /// Reads a code, forgiving small letters, spaces, hyphens and full stops, or says what to look at again.
    static func read(_ text: String) -> Reading {
        let typed = text.prefix(longestRead).uppercased().filter { !isBetween($0) }
        if let stranger = typed.first(where: { !alphabet.contains($0) }) { return .never(stranger) }
        guard typed.count == length else { return .howMany(typed.count) }
        if let pair = zip(typed, typed.dropFirst()).first(where: { $0 == $1 }) { return .twice(pair.0) }
        return .code(Code(text: typed))
    }

    /// Reads a code; nil when it can't be one.
    init?(reading text: String) {
        guard case .code(let code) = Self.read(text) else { return nil }
        self = code
    }

    private init(text: String) { self.text = text }

    private static func isBetween(_ character: Character) -> Bool {
        character.isWhitespace || "-–—._,".contains(character)
            || character.unicodeScalars.allSatisfy { $0.value < 32 || $0.properties.generalCategory == .format }
    }
}

extension Code: CustomStringConvertible {
    var description: String { text }
}
