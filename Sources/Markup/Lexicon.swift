import Foundation

/// One language's sentences, with English filling the gaps.
final class Lexicon: Sendable {
    /// A sentence, or one for each kind of number, with the rule of the language it is written in.
    enum Entry: Sendable {
        case sentence(Sentence)
        case plural(PluralRule, [Sentence?])
    }

    let language: String
    let entries: [String: Entry]
    let formats: Formats

    init(language: String, entries: [String: Entry]) {
        self.language = language
        self.entries = entries
        formats = Formats(language: language)
    }

    /// The sentence with a key, in the form that goes with a number; nothing when there is none.
    func sentence(_ key: String, _ count: @autoclosure () -> Int?) -> Sentence? {
        switch entries[key] {
        case nil: return nil
        case .sentence(let sentence): return sentence
        case .plural(let rule, let forms):
            let kind = count().map { rule.kind(of: $0) } ?? .other
            return forms[kind.rawValue] ?? forms[Plural.other.rawValue] ?? forms.lazy.compactMap { $0 }.last
        }
    }

    convenience init(language: String, json: [UInt8], over base: Lexicon?) throws {
        let written: [String: Written]
        do { written = try JSONDecoder().decode([String: Written].self, from: Data(json)) } catch {
            throw Catalogue.Fault.unreadable(language: language, why: "\(error)")
        }
        let rule = PluralRule(language: language)
        var entries = base?.entries ?? [:]
        for (key, value) in written {
            do throws(Catalogue.Fault) { entries[key] = try value.entry(rule) } catch {
                throw Catalogue.Fault.inKey(key, language: language, error)
            }
        }
        self.init(language: language, entries: entries)
    }
}

/// A value as it stands in a catalogue file.
private enum Written: Decodable {
    case sentence(String)
    case plural([String: String])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let sentence = try? value.decode(String.self) {
            self = .sentence(sentence)
        } else {
            self = .plural(try value.decode([String: String].self))
        }
    }

    func entry(_ rule: PluralRule) throws(Catalogue.Fault) -> Lexicon.Entry {
        switch self {
        case .sentence(let sentence): return .sentence(try Sentence(sentence))
        case .plural(let forms):
            var sentences = [Sentence?](repeating: nil, count: Plural.allCases.count)
            for (name, form) in forms {
                guard let kind = Plural(name: name) else { throw .unknownPlural(name) }
                sentences[kind.rawValue] = try Sentence(form)
            }
            return .plural(rule, sentences)
        }
    }
}
