import Foundation
import HTTPTypes
import Storage
import StorageTesting
import Testing

@testable import Roundtable

@Suite("What every answer carries")
struct CourtesiesTests {
    @Test(
        "every page, refusal and way on says what a browser may do with it",
        arguments: [.stranger, .member] as [Scene.Visitor])
    func headers(visitor: Scene.Visitor) async throws {
        let scene = try await Scene.lay(in: World(.sqlite))
        let browser = scene.people[visitor]!
        for door in scene.world.doors where !door.goesOn {
            for things in [scene.things, Scene.nothing()] where door.line != "POST /leaving" {
                let address = try #require(door.address(things))
                let answer = try await browser.send(door.method == "GET" ? .get : .post, address)
                #expect(courtesies(of: answer) == [], "\(door.line): \(answer.code)")
                for cookie in answer.headers[values: .setCookie] {
                    #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "\(door.line): \(cookie)")
                    #expect(door.method == "POST" || !cookie.hasPrefix(Doorkeeper.cookie), "\(door.line) signs in")
                }
            }
        }
    }

    @Test("asked for the headers alone, every page gives its own and no body")
    func head() async throws {
        let scene = try await Scene.lay(in: World(.sqlite))
        for door in scene.world.doors where door.method == "GET" && !door.goesOn {
            for things in [scene.things, Scene.nothing()] {
                let address = try #require(door.address(things))
                let (page, head) = (try await scene.member.get(address), try await scene.member.send(.head, address))
                #expect(head.code == page.code, "\(door.line)")
                #expect(head.body.isEmpty, "\(door.line)")
                #expect(head.headers[.contentType] == page.headers[.contentType], "\(door.line)")
                #expect(courtesies(of: head) == [], "\(door.line)")
            }
        }
    }

    @Test(
        "a method that no door knows changes nothing and breaks nothing",
        arguments: ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW"])
    func methods(method: String) async throws {
        let scene = try await Scene.lay(in: World(.sqlite))
        let token = try #require(try await scene.member.get("/words").value("guard"))
        for path in ["/", "/me", "/projects/\(scene.things["project"]!)/offer", "/nowhere"] {
            let answer = try await scene.member.send(
                try #require(.init(rawValue: method)), path, body: "guard=\(token)&name=·")
            #expect((400..<500).contains(answer.code), "\(path): \(answer.code)")
            #expect(courtesies(of: answer) == [])
        }
    }

    @Test(
        "nothing but the house's own files is served",
        arguments: [
            "/public/../Package.swift", "/public/x/..%2f..%2f..%2fetc%2fpasswd", "/public/%2e%2e/secret",
            "/public/x/house.css", "/public//etc/passwd", "/public/x/%00", "/public/x/..\\..\\secret",
            "//public/x/y", "/public", "/secret", "/roundtable.sqlite", "/%2e%2e/%2e%2e/etc/passwd",
        ])
    func traversal(path: String) async throws {
        let world = try await World(.sqlite)
        let answer = try await world.browser().get(path)
        #expect(answer.code == 404)
        #expect(courtesies(of: answer) == [])
    }

    @Test("an address that is no text at all is not there", arguments: ["/%FF%FE", "/projects/%00", "/words/%E0%80"])
    func oddAddresses(path: String) async throws {
        let world = try await World(.sqlite)
        let asha = try await world.person("Asha")
        for browser in [asha, world.browser()] {
            let answer = try await browser.get(path)
            #expect([303, 404].contains(answer.code), "\(answer.code)")
            #expect(courtesies(of: answer) == [])
        }
    }

    /// What is missing of what every answer carries.
    private func courtesies(of answer: Answer) -> [String] {
        let expected: [(String, String)] = [
            ("Content-Security-Policy", Courtesies.contentPolicy), ("Referrer-Policy", "strict-origin"),
            ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
            ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
            ("X-Robots-Tag", "noindex"),
        ]
        let missing = expected.filter { answer.headers[HTTPField.Name($0.0)!] != $0.1 }.map(\.0)
        let kept = answer.headers[.cacheControl] ?? "nothing"
        return kept == "no-store" || kept.contains("immutable") ? missing : missing + ["Cache-Control: \(kept)"]
    }
}
