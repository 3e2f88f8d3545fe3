/// Every sentence of the interface in every language we have, ready to be looked up.
///
/// A language's file is one flat JSON object: `"room.thing.part"` to a sentence with `{places}` and `<marks>`, or
/// to an object of plural kinds. What a language lacks is said in English.
public struct Catalogue: Sendable {
    /// What everyone falls back to, and the one language that must be complete.
    public static let fallback = "en"

    /// What is wrong with a catalogue file. Thrown at start-up, so that nobody meets half a sentence.
    public enum Fault: Error, Equatable {
        case noEnglish
        case unreadable(language: String, why: String)
        case unclosed(String)
        case badName(String)
        case unknownPlural(String)
        indirect case inKey(String, language: String, Fault)
    }

    let lexicons: [String: Lexicon]

    /// The tags of the languages held, in order.
    public let languages: [String]

    /// Reads the catalogues, each under its language tag (`en`, `cy`).
    /// - Throws: `Fault` when English is missing, or a file can't be read.
    public init(json files: [String: [UInt8]]) throws {
        guard let english = files[Self.fallback] else { throw Fault.noEnglish }
        let base = try Lexicon(language: Self.fallback, json: english, over: nil)
        var lexicons = [Self.fallback: base]
        for (language, file) in files where language != Self.fallback {
            lexicons[language] = try Lexicon(language: language, json: file, over: base)
        }
        self.init(lexicons: lexicons)
    }

    init(lexicons: [String: Lexicon]) {
        self.lexicons = lexicons
        languages = lexicons.keys.sorted()
    }

    /// The sentences of the language closest to `wanted`.
    func lexicon(for wanted: String) -> Lexicon {
        guard let lexicon = lexicons[language(for: wanted)] else { preconditionFailure("A catalogue holds English") }
        return lexicon
    }

    /// The language held that comes closest to `wanted` (`cy-GB` is met by `cy`), or English.
    public func language(for wanted: String) -> String {
        if lexicons[wanted] != nil { return wanted }
        var tag = Substring(wanted)
        while let dash = tag.lastIndex(of: "-") {
            tag = tag[..<dash]
            if lexicons[String(tag)] != nil { return String(tag) }
        }
        return Self.fallback
    }

    /// The first language held among those that a browser asks for, `Accept-Language`, in its reader's order.
    public func language(accepting header: String) -> String {
        let wanted = header.prefix(Self.longestHeader).split(separator: ",").enumerated().compactMap { place, part in
            let halves = part.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            let weight = halves.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            return halves.first.map { (tag: $0, weight: weight, place: place) }
        }
        for want in wanted.sorted(by: { ($1.weight, $0.place) < ($0.weight, $1.place) }) where want.weight > 0 {
            let found = language(for: want.tag)
            if found != Self.fallback || want.tag == found || want.tag.hasPrefix("\(found)-") { return found }
        }
        return Self.fallback
    }

    /// Longer than any browser sends; what comes after is ignored rather than sorted.
    private static let longestHeader = 500
}

extension Catalogue.Fault: CustomStringConvertible {
    /// A sentence for whoever starts the house.
    public var description: String {
        switch self {
        case .noEnglish: "There are no words in English, which everyone falls back to."
        case .unreadable(let language, let why): "The words in \(language) can't be read: \(why)"
        case .unclosed(let part): "\(part) is left open, or closes what isn't."
        case .badName(let name): "“\(name)” can't name a place or a mark; letters and digits can."
        case .unknownPlural(let name): "“\(name)” is no kind of number."
        case .inKey(let key, let language, let fault): "\(key) in \(language): \(fault)"
        }
    }
}
