import Foundation
import Markup
import Testing

@testable import Roundtable

@Suite("How it looks")
struct StylesTests {
    /// A first page may bring 60 KB in all: words, scripts and pictures need most of it.
    private static let mostBytes = 28 * 1_024

    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Sources/Roundtable/Public/css")

    private static let sheets: [String: String] = {
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        let read = files.filter { $0.pathExtension == "css" }.map { file in
            (file.lastPathComponent, (try? String(contentsOf: file, encoding: .utf8)) ?? "")
        }
        return Dictionary(uniqueKeysWithValues: read)
    }()

    @Test("all the styles together are light enough for any telephone")
    func light() {
        #expect(Self.sheets.count >= 5)
        let sent = Self.sheets.values.map { Assets.bare(Array($0.utf8)).count }
        #expect(sent.reduce(0, +) < Self.mostBytes)
    }

    @Test("what is sent is what is written, without lines of comment")
    func bare() throws {
        func sent(_ source: String) -> String { String(decoding: Assets.bare(Array(source.utf8)), as: UTF8.self) }
        #expect(sent("/* One.\n   Two. */\na { b: c; }  /* d */\n  e {}\n") == "a { b: c; }  /* d */\ne {}")
        #expect(sent("  // One.\n\n  two()  // Three.\n") == "two()  // Three.")
        for (name, text) in Self.sheets {
            let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
            let begun = lines.filter { $0.contains("/*") && !$0.hasPrefix("/*") && !$0.contains("*/") }
            let followed = lines.filter { $0.contains("*/") && !$0.hasSuffix("*/") }
            #expect(begun + followed == [], "a comment in \(name) shares its lines with something else")
        }
    }

    @Test("nothing is fetched, nothing moves, nothing leans and nothing shouts", arguments: sheets.keys.sorted())
    func calm(sheet: String) throws {
        let text = try #require(Self.sheets[sheet])
        let unwanted = ["url(", "@import", "@keyframes", "transition", "animation", "italic", "outline: none"]
        #expect(unwanted.filter { text.contains($0) } == [])
    }

    @Test("every class that a component bears is styled")
    func everyClassIsStyled() {
        let all = Self.sheets.values.joined()
        let borne = Set(
            Examples.all.flatMap { Tags($0.html.string).tags }.flatMap { ($0["class"] ?? "").split(separator: " ") })
        #expect(borne.count > 30)
        #expect(borne.filter { !all.contains(".\($0)") }.sorted() == [])
    }

    @Test("words can be read and edges can be seen, by day and by night")
    func contrast() throws {
        let themes = try Self.themes()
        #expect(themes.count == 6)
        for theme in themes {
            for ground in ["paper", "sheet", "shade"] {
                #expect(try theme.contrast("ink", ground) >= 7, "words on \(ground)")
                #expect(try theme.contrast("soft", ground) >= 7, "small print on \(ground)")
                #expect(try theme.contrast("cool", ground) >= 4.5, "links on \(ground)")
                #expect(try theme.contrast("warm", ground) >= 4.5, "what needs mending on \(ground)")
                #expect(try theme.contrast("edge", ground) >= 3, "edges on \(ground)")
            }
            #expect(try theme.contrast("on-warm", "warm") >= 4.5)
            #expect(try theme.contrast("on-warm", "warm-deep") >= 4.5)
            #expect(try theme.contrast("on-cool", "cool") >= 4.5)
            #expect(try theme.contrast("ink", "tint") >= 4.5, "the line of a picture")
        }
    }

    @Test("for whoever asks for more contrast, every word, link and edge has seven to one, by day and by night")
    func moreContrast() throws {
        for theme in try Self.themes().dropFirst(3) {
            for name in ["ink", "soft", "cool", "warm", "warm-deep", "edge", "line"] {
                #expect(try theme.contrast(name, "paper") >= 7, "\(name)")
            }
            #expect(try theme.contrast("on-warm", "warm") >= 7)
            #expect(try theme.contrast("on-warm", "warm-deep") >= 7)
            #expect(try theme.contrast("on-cool", "cool") >= 7)
        }
    }

    @Test("night is the same whether the machine or the reader asked for it")
    func nightIsNight() throws {
        let themes = try Self.themes()
        #expect(themes[1].colours == themes[2].colours)
        #expect(themes[0].colours != themes[1].colours)
        #expect(themes[4].colours == themes[5].colours)
        #expect(themes[3].colours != themes[4].colours)
    }

    @Test("contrast is measured as the guidelines measure it")
    func measured() throws {
        let theme = Theme(colours: ["black": 0x000000, "white": 0xFFFFFF, "grey": 0x777777])
        #expect(try theme.contrast("black", "white") == 21)
        #expect(abs(try theme.contrast("grey", "white") - 4.48) < 0.01)
    }

    /// The colours of each block of `tokens.css` that sets the paper.
    private static func themes() throws -> [Theme] {
        let text = try #require(sheets["tokens.css"])
        let blocks = text.split(separator: "{").map { $0.prefix { $0 != "}" } }
        return blocks.filter { $0.contains("--paper: #") }.map { block in
            let colours = block.matches(of: /--([a-z-]+): #([0-9a-f]{6})/).map { match in
                (String(match.1), UInt32(match.2, radix: 16) ?? 0)
            }
            return Theme(colours: Dictionary(uniqueKeysWithValues: colours))
        }
    }
}

/// The colours of one theme, by name.
private struct Theme {
    let colours: [String: UInt32]

    /// How far apart two colours are, from 1 to 21, by WCAG's formula.
    func contrast(_ first: String, _ second: String) throws -> Double {
        let one = try luminance(#require(colours[first], "\(first) is not set"))
        let other = try luminance(#require(colours[second], "\(second) is not set"))
        return (max(one, other) + 0.05) / (min(one, other) + 0.05)
    }

    private func luminance(_ colour: UInt32) throws -> Double {
        let parts = [16, 8, 0].map { Double((colour >> $0) & 0xFF) / 255 }
        let linear = parts.map { $0 <= 0.03928 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}
