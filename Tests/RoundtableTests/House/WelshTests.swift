import Foundation
import Markup
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("The words in Welsh")
struct WelshTests {
    private static let files: [String: [String: Said]] = {
        let words = (try? Assets().words) ?? [:]
        return words.mapValues { (try? JSONDecoder().decode([String: Said].self, from: Data($0))) ?? [:] }
    }()
    private static let english = files["en"] ?? [:]
    private static let welsh = files["cy"] ?? [:]
    private static let waiting = Set(english.keys).subtracting(welsh.keys)

    @Test("every sentence that English has, Welsh has, and no other")
    func sameSentences() {
        #expect(Self.english.count > 900)
        #expect(Self.waiting == [], "Welsh lacks these: bin/words check")
        #expect(Set(Self.welsh.keys).subtracting(Self.english.keys) == [])
    }

    @Test("each has the same places and marks, and a form for each kind of number that Welsh tells apart")
    func samePlaces() throws {
        let kinds = Set(PluralRule(language: "cy").kinds.map(\.name))
        #expect(kinds.count == 6)
        for (key, said) in Self.welsh {
            let english = try #require(Self.english[key])
            for form in said.forms.values { #expect(said.places(form) == english.places, "\(key): \(form)") }
            #expect(Set(said.forms.keys) == (english.isPlural ? kinds : [""]), "\(key)")
        }
    }

    @Test("a sentence is told from another")
    func measured() throws {
        let said = Said.plural(["one": "Un <link>gair</link> gan {name}", "other": "{count} gan {name}"])
        #expect(said.places("Un <link>gair</link> gan {name}") == ["{name}", "<link>"])
        #expect(said.places("{count} gan {name}") != said.places("Un <link>gair</link> gan {name}"))
    }

    /// English is marked with the name of each sentence, so that one which Welsh lacks shows itself; whatever never
    /// went through the catalogue is found in a language of its own (`SecondLanguageTests`).
    @Test(
        "no page in Welsh says anything in English, whoever opens it",
        arguments: [.stranger, .guest, .member, .keeper] as [Scene.Visitor])
    func everyPage(visitor: Scene.Visitor) async throws {
        let scene = try await Scene.lay(in: World(on: Engine.sqlite.fresh(), languages: Self.marked))
        let browser = scene.people[visitor]!
        #expect(try await browser.get("/about").body.count { $0 == "⟪" } > 5, "the test can fail")
        browser.hold(cookie: Display.cookie, "cy")
        for door in scene.world.doors where door.method == "GET" && !door.goesOn {
            let page = try await browser.get(try #require(door.address(scene.things)))
            guard page.isPage else { continue }
            #expect(page.body.contains("<html lang=\"cy\""), "\(door.line)")
            #expect(!page.body.contains("⟦"), "\(door.line)")
            #expect(Self.englishKeys(page.body) == [], "\(door.line)")
        }
    }

    /// The catalogue with every English sentence replaced by its name between marks.
    private static func marked(_: Catalogue) -> Catalogue {
        let marks = english.reduce(into: [String: Any]()) { $0[$1.key] = "⟪\($1.key)⟫" }
        let file = (try? JSONSerialization.data(withJSONObject: marks)) ?? Data()
        let welsh = (try? Assets().words["cy"]) ?? []
        return try! Catalogue(json: ["en": [UInt8](file), "cy": welsh])
    }

    /// The English sentences on a page, but for what says in English that the Welsh is a draft, and English's own name.
    private static func englishKeys(_ page: String) -> Set<String> {
        let text = page.replacing(/<(\w+) [^>]*lang="en".*?<\/\1>/.dotMatchesNewlines(), with: "")
        return Set(text.matches(of: /⟪([^⟫]+)⟫/).map { String($0.output.1) })
    }
}

/// A value as it stands in a catalogue file.
private enum Said: Decodable {
    case plain(String)
    case plural([String: String])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let plain = try? value.decode(String.self) {
            self = .plain(plain)
        } else {
            self = .plural(try value.decode([String: String].self))
        }
    }

    var isPlural: Bool { Set(forms.keys) != [""] }

    var forms: [String: String] {
        switch self {
        case .plain(let plain): ["": plain]
        case .plural(let forms): forms
        }
    }

    var places: Set<String> { Set(forms.values.flatMap { places($0) }) }

    /// What a form has room for. A count may be said in words or be left out.
    func places(_ form: String) -> Set<String> {
        Set(form.matches(of: /\{\w+\}|<\w+>/).map { String($0.output) }).subtracting(["{count}"])
    }
}
