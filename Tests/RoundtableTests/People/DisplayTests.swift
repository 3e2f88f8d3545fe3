import Foundation
import HTTPTypes
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("How pages look on this device")
struct DisplayTests {
    @Test("what is chosen is on every page from then on, in the page itself, and leads back to where they were")
    func remembered() async throws {
        let browser = try await World(.sqlite).browser()
        #expect(!(try await browser.get("/about").body.contains("data-type")))
        let page = try await browser.get("/display?next=/codes")
        let answer = try await browser.send(
            page, to: "/display",
            [
                "next": "/codes", "language": "cy", "letters": "larger", "spacing": "wide", "contrast": "more",
                "light": "dark", "pace": "slow",
            ])
        #expect(answer.code == 303 && answer.location == "/codes")
        for path in ["/codes", "/about", "/nothing-is-here"] {
            let opening = try #require(try await browser.get(path).body.firstMatch(of: /<html[^>]*>/)).output
            for attribute in [
                "lang=\"cy\"", "data-type=\"larger\"", "data-spacing=\"wide\"", "data-contrast=\"more\"",
                "data-theme=\"dark\"", "data-pace=\"slow\"",
            ] {
                #expect(opening.contains(attribute), "\(path)")
            }
        }
        #expect(try await browser.get("/codes").body.contains("<meta name=\"color-scheme\" content=\"dark\">"))
    }

    @Test("the switch of languages changes the language and nothing else, and stays on the page")
    func languageSwitch() async throws {
        let browser = try await World(.sqlite).browser()
        browser.hold(cookie: Display.cookie, "large.dark")
        let about = try await browser.get("/about")
        #expect(about.value("next") == "/about")
        #expect(about.body.contains("name=\"language\" value=\"cy\" lang=\"cy\" translate=\"no\">Cymraeg</button>"))
        let answer = try await browser.send(about, to: "/display", ["next": "/about", "language": "cy"])
        #expect(answer.location == "/about")
        let welsh = try await browser.get("/about").body
        #expect(welsh.contains("Am y tŷ hwn") && welsh.contains("data-type=\"large\" data-theme=\"dark\""))
        #expect(welsh.contains("value=\"en\" lang=\"en\" translate=\"no\">English</button>"))
    }

    @Test("what follows the path is there still after the switch, where it is plain")
    func withQuery() async throws {
        let browser = try await World(.sqlite).browser()
        for (path, next) in [
            ("/about?card=a-1_b", "/about?card=a-1_b"),
            ("/people/new?next=/projects/new", "/people/new?next=/projects/new"),
            ("/about?a=1&b=%26.2", "/about?a=1&amp;b=%26.2"), ("/about?a=<b>", "/about"), ("/about?a=@b", "/about"),
        ] {
            let page = try await browser.get(path)
            #expect(page.body.contains("name=\"next\" value=\"\(next)\">"), "\(path)")
            let way = try #require(page.body.firstMatch(of: /href="(\/display\?next=[^"]*)"/)).output.1
            let display = try await browser.get(String(way))
            #expect(display.body.contains("name=\"next\" value=\"\(next)\">"), "\(path)")
        }
        let page = try await browser.get("/about?a=1&b=2")
        let answer = try await browser.send(page, to: "/display", ["next": "/about?a=1&b=2", "language": "cy"])
        #expect(answer.location == "/about?a=1&b=2")
    }

    @Test("what was typed goes along from a page of trouble as well; from a form of another site's nothing does")
    func switchedInTrouble() async throws {
        let world = try await World(.sqlite)
        let browser = world.browser()
        let words = "The car came at ten past eight"
        let out = try await browser.send(browser.get("/words"), to: "/projects", ["name": "\(words)"])
        let forged = try await browser.forge("/projects", "name=\(words.replacing(" ", with: "+"))")
        for page in [out, forged] {
            #expect([401, 403].contains(page.code))
            #expect(page.value("again") == "/projects" && page.value("typed-name") == words)
            let kept = try await browser.send(
                page, to: "/display", ["again": "/projects", "typed-name": words, "language": "cy"])
            #expect(kept.code == 200 && kept.body.contains("<html lang=\"cy\""))
            #expect(kept.body.contains("action=\"/projects\"") && kept.value("name") == words)
        }
        let elsewhere = try await browser.send(
            .post, "/projects", body: "name=Somebody+else", headers: [.secFetchSite: "cross-site"])
        #expect(elsewhere.code == 403 && elsewhere.value("again") == nil && !elsewhere.body.contains("Somebody"))
    }

    @Test("what was typed into a form that was refused goes along when the language changes, and comes back with it")
    func switchedWhenRefused() async throws {
        let browser = try await World(.sqlite).browser()
        let long = String(repeating: "Amina & <co> ", count: 30)
        func hidden(_ page: Answer, _ names: Regex<(Substring, Substring, Substring)>) -> [(String, String)] {
            page.body.matches(of: names).map { found in
                (
                    String(found.output.1),
                    String(found.output.2).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing(
                        "&amp;", with: "&")
                )
            }
        }
        let refused = try await browser.fill("/people/new", sendingTo: "/people", ["name": long])
        try #require(refused.code == 422)
        let along = hidden(refused, /name="(again|typed-[a-z-]+)" value="([^"]*)"/)
        let kept = try await browser.send(refused, to: "/display", pairs: along + [("language", "cy")])
        #expect(kept.code == 200 && kept.body.contains("<html lang=\"cy\""))
        #expect(kept.body.contains("action=\"/people\""))
        let typed = hidden(kept, /name="(name)" value="([^"]*)"/)
        #expect(typed.map(\.1) == [long.trimmingCharacters(in: .newlines)])
        // Back and forth loses nothing either.
        let once = hidden(kept, /name="(again|typed-[a-z-]+)" value="([^"]*)"/)
        let english = try await browser.send(kept, to: "/display", pairs: once + [("language", "en")])
        #expect(
            english.body.contains("<html lang=\"en\"") && hidden(english, /name="(name)" value="([^"]*)"/).count == 1)
        let again = try await browser.send(kept, to: "/people", pairs: typed)
        #expect(again.code == 422 && again.body.contains("Amina &amp; &lt;co"))
        let elsewhere = try await browser.send(
            refused, to: "/display", pairs: [("again", "//example.org"), ("language", "cy")])
        #expect(elsewhere.code == 303 && elsewhere.location == "/display")
    }

    @Test("pages in Welsh say that it is a draft, in both languages; pages in English have nothing to say")
    func draft() async throws {
        let browser = try await World(.sqlite).browser()
        #expect(!(try await browser.get("/about").body.contains("is a draft")))
        browser.hold(cookie: Display.cookie, "cy")
        let page = try await browser.get("/about").body
        #expect(page.contains("<p>Drafft yw’r Gymraeg yma."))
        #expect(page.contains("<p lang=\"en\" dir=\"ltr\">The Welsh here is a draft."))
    }

    @Test("when everything is as usual again, nothing is kept")
    func asUsual() async throws {
        let browser = try await World(.sqlite).browser()
        browser.hold(cookie: Display.cookie, "large")
        try await browser.fill("/display", ["letters": "usual"])
        #expect(!browser.cookieNames.contains(Display.cookie))
    }

    @Test(
        "a cookie that was made up is passed over",
        arguments: [
            "\"><script>alert(1)</script>", "xx.huge.99", "usual.device", "....", "cy-nonsense",
            "larger." + String(repeating: "x", count: 10_000), "LARGER", "%6carger",
        ])
    func hostileCookie(value: String) async throws {
        let browser = try await World(.sqlite).browser()
        browser.hold(cookie: Display.cookie, value)
        let page = try await browser.get("/about")
        #expect(page.code == 200)
        #expect(page.body.contains("<html lang=\"en\" dir=\"ltr\">"))
    }

    @Test("a choice that there isn't changes nothing")
    func hostileChoice() async throws {
        let browser = try await World(.sqlite).browser()
        browser.hold(cookie: Display.cookie, "large")
        try await browser.fill(
            "/display", ["language": "en-XA", "letters": "\"><b>", "light": "blinding", "next": "/about"])
        #expect(try await browser.get("/about").body.contains("<html lang=\"en\" dir=\"ltr\" data-type=\"large\">"))
    }

    @Test(
        "nobody is led to another site from here",
        arguments: [
            "https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere", "javascript:alert(1)", "me",
            "//elsewhere.example?a=b", "?//elsewhere", "/about?a=b\r\nLocation:elsewhere", "/about?a=b?elsewhere",
            "/about#elsewhere",
        ])
    func elsewhere(next: String) async throws {
        let browser = try await World(.sqlite).browser()
        let answer = try await browser.fill("/display", ["letters": "large", "next": next])
        #expect(answer.code == 303 && answer.location == "/display")
        let address = next.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let page = try await browser.get("/display?next=\(address)").body
        #expect(!page.contains("\"\(next)") && !page.contains("<a class=\"back\""))
    }

    @Test("a form from elsewhere changes nothing")
    func forged() async throws {
        let browser = try await World(.sqlite).browser()
        #expect(try await browser.forge("/display", "letters=large").code == 403)
        #expect(!browser.cookieNames.contains(Display.cookie))
    }

    @Test("what was chosen stays on the device when it is passed on, and nothing of the person does")
    func passedOn() async throws {
        let asha = try await World(.sqlite).person("Asha")
        try await asha.fill("/display", ["letters": "large", "language": "cy"])
        try await asha.fill("/me", sendingTo: "/pass-it-on")
        #expect(try await asha.get("/me").code == 303)
        #expect(try await asha.get("/").body.contains("<html lang=\"cy\" dir=\"ltr\" data-type=\"large\">"))
    }

    @Test(
        "the choice on this device comes first, then what its person chose elsewhere, then what the browser asks for",
        arguments: Engine.available)
    func whichLanguage(engine: Engine) async throws {
        let world = try await World(engine)
        let (asha, tablet) = (try await world.person("Asha"), world.browser())
        let address = try #require(try await asha.get("/me/pass").body.firstMatch(of: /\/words\/[a-z0-9-]+/)).output
        try await asha.fill("/display", ["language": "cy"])

        let english: HTTPFields = [.acceptLanguage: "en-GB"]
        #expect(try await tablet.get("/", headers: [.acceptLanguage: "cy"]).body.contains("lang=\"cy\" dir"))
        #expect(try await tablet.get("/", headers: english).body.contains("<html lang=\"en\""))
        try await tablet.fill(String(address))
        #expect(try await tablet.get("/me", headers: english).body.contains("<html lang=\"cy\""))
        #expect(try await tablet.get("/nothing-is-here", headers: english).body.contains("<html lang=\"cy\""))

        tablet.hold(cookie: Display.cookie, "en")
        #expect(try await tablet.get("/me", headers: [.acceptLanguage: "cy"]).body.contains("<html lang=\"en\""))
        #expect(try await asha.get("/me").body.contains("<html lang=\"cy\""))
    }

    @Test("what a cookie says is what was written into it, whatever was chosen")
    func roundTrip() {
        for letters in Display.Letters.allCases {
            for light in Display.Light.allCases {
                for language in [nil, "cy", "en"] {
                    var display = Display()
                    (display.letters, display.light, display.language) = (letters, light, language)
                    (display.spacing, display.contrast, display.pace) = (.wide, .more, .slow)
                    #expect(Display(cookie: display.written, languages: ["cy", "en"]) == display)
                    #expect(display.written.utf8.count <= Display.longestCookie)
                }
            }
        }
    }
}
