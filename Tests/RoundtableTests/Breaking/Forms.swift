import Foundation

@testable import Roundtable

/// A form as a page shows it: where it goes, and what it carries.
struct ShownForm: Sendable {
    let action: String
    var fields: [Field]

    struct Field: Sendable {
        let name: String
        let kind: Kind
        let value: String
        /// Something that its rule could take: what it shows, or else a day, an hour or some marks.
        let filled: String
        enum Kind: Sendable { case hidden, typed, chosen }
    }

    var carried: [(String, String)] { fields.map { ($0.name, $0.value) } }

    /// As somebody would send it who writes something everywhere.
    var filled: [(String, String)] { fields.map { ($0.name, $0.filled) } }

    /// The same form with something else in one field.
    func with(_ name: String, _ value: String) -> [(String, String)] {
        fields.map { ($0.name, $0.name == name ? value : $0.filled) }
    }
}

extension Answer {
    /// Every form of the page that sends something.
    var forms: [ShownForm] {
        body.matches(of: /<form method="post" action="([^"]*)"[^>]*>(.*?)<\/form>/.dotMatchesNewlines()).map { form in
            ShownForm(action: String(form.output.1), fields: Self.fields(of: String(form.output.2)))
        }
    }

    private static func fields(of form: String) -> [ShownForm.Field] {
        var fields: [ShownForm.Field] = []
        let pieces = form.matches(
            of: /<(input|button|select|textarea)([^>]*)>(?:\n?([^<]*)<\/textarea>)?/.dotMatchesNewlines())
        for piece in pieces {
            guard let name = attribute("name", of: piece.output.2) else { continue }
            let type = attribute("type", of: piece.output.2) ?? ""
            let kind: ShownForm.Field.Kind =
                switch (piece.output.1, type) {
                case ("input", "hidden"): .hidden
                // No page can show a chosen file again.
                case ("button", _), ("select", _), ("input", "radio"), ("input", "checkbox"), ("input", "file"): .chosen
                default: .typed
                }
            // Of several to choose from, the first stands for all.
            guard kind != .chosen || !fields.contains(where: { $0.name == name }) else { continue }
            let value = piece.output.3.map { String($0) } ?? attribute("value", of: piece.output.2) ?? ""
            let some = type == "date" ? "2026-04-01" : type == "time" ? "10:00" : "·801·"
            let filled = value.isEmpty && kind == .typed ? some : value
            fields.append(.init(name: name, kind: kind, value: value, filled: filled))
        }
        return fields
    }

    private static func attribute(_ name: String, of tag: Substring) -> String? {
        tag.firstMatch(of: try! Regex(" \(name)=\"([^\"]*)\"")).flatMap { $0[1].substring.map { String($0) } }
    }

    /// The page as people read it: what was escaped is itself again.
    var read: String {
        body.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }
}

extension Scene {
    /// Every form that a member, or the keeper, finds on the pages of a scene, by where it goes. The fullest, where
    /// there are several.
    func forms() async throws -> [String: ShownForm] {
        var found: [String: ShownForm] = [:]
        for door in world.doors where door.isPage {
            for form in try await forms(on: door) where form.fields.count > found[form.action]?.fields.count ?? 0 {
                found[form.action] = form
            }
        }
        return found
    }

    /// Which page shows the form that goes to each door: known once, it need not be looked for in every scene.
    func pages() async throws -> [String: Door] {
        var found: [String: (Door, Int)] = [:]
        let doors = world.doors.filter { $0.method == "POST" }
        let lines = Dictionary(doors.compactMap { door in door.address(things).map { ($0, door.line) } }) { first, _ in
            first
        }
        for door in world.doors where door.isPage {
            for form in try await forms(on: door) {
                guard let line = lines[form.action], form.fields.count > found[line]?.1 ?? 0 else { continue }
                found[line] = (door, form.fields.count)
            }
        }
        return found.mapValues(\.0)
    }

    /// The form that goes to this door, where a page shows one.
    func form(to door: Door, on pages: [String: Door]) async throws -> ShownForm? {
        guard let page = pages[door.line], let address = door.address(things) else { return nil }
        return try await forms(on: page).filter { $0.action == address }.max { $0.fields.count < $1.fields.count }
    }

    private func forms(on door: Door) async throws -> [ShownForm] {
        try await people[door.welcome == .keeper ? .keeper : .member]!.get(door.address(things) ?? "/").forms
    }
}

extension Door {
    fileprivate var isPage: Bool { method == "GET" && !path.hasPrefix("/public") && !path.hasSuffix(".ics") && !goesOn }
}
