import Foundation
import Markup
import Testing

@testable import Roundtable

@Suite("QR codes")
struct QRCodeTests {
    static let address = "https://hall.example/open/apple-river-kettle"

    @Test("the picture has a name, a light plate, a quiet edge and no style of its own")
    func picture() throws {
        let svg = try #require(QRCode.picture(of: Self.address, label: "Code & \"words\"")).string
        #expect(svg.contains("role=\"img\" aria-label=\"Code &amp; &quot;words&quot;\""))
        #expect(svg.contains("fill=\"#ffffff\"") && svg.contains("fill=\"currentColor\""))
        #expect(svg.contains("d=\"M4 4h7v1H4z"), "the first corner stands four modules in")
        #expect(!svg.contains("style="))
    }

    @Test("what can't be a code makes none")
    func none() {
        #expect(QRCode.picture(of: "", label: "") == nil)
        #expect(QRCode.picture(of: "a\0b", label: "") == nil)
        #expect(QRCode.picture(of: "https://hall.example/日本", label: "") == nil)
        #expect(qrCode("", label: "") == .empty)
        #expect(QRCode.picture(of: String(repeating: "a", count: QRCode.longestText), label: "") != nil)
        #expect(QRCode.picture(of: String(repeating: "a", count: QRCode.longestText + 1), label: "") == nil)
    }

    @Test(
        "an outside reader reads what was written, also on a dark page", .enabled(if: Reader.isNeeded || Reader.isHere))
    func readBack() throws {
        try #require(Reader.isHere, "zbarimg and rsvg-convert are needed here (zbar-tools, librsvg2-bin)")
        for text in [Self.address, "H7M9", String(repeating: "word-", count: 60)] {
            for page in ["#ffffff", "#101010"] {
                let svg = try #require(QRCode.picture(of: text, label: "A code")).string
                #expect(try Reader.read(svg, on: page) == text)
            }
        }
        let other = try #require(QRCode.picture(of: "H7M9", label: "A code")).string
        #expect(try Reader.read(other, on: "#ffffff") != Self.address)
    }
}

/// The outside reader: draws the picture with one program and reads it with another.
private enum Reader {
    static let isHere = find("zbarimg") != nil && find("rsvg-convert") != nil
    static let isNeeded = ProcessInfo.processInfo.environment["CI"] == "true"

    static func read(_ svg: String, on page: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (drawing, drawn) = (folder.appendingPathComponent("a.svg"), folder.appendingPathComponent("a.png"))
        let standalone = svg.replacingOccurrences(of: "<svg ", with: "<svg xmlns=\"http://www.w3.org/2000/svg\" ")
        try standalone.write(to: drawing, atomically: true, encoding: .utf8)
        _ = try run("rsvg-convert", ["-w", "600", "-b", page, "-o", drawn.path, drawing.path])
        return try run("zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", drawn.path])
            .trimmingCharacters(in: .newlines)
    }

    private static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: try #require(find(program)))
        process.arguments = arguments
        process.standardOutput = output
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: said, as: UTF8.self)
    }

    private static func find(_ program: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .map { "\($0)/\(program)" }.first(where: FileManager.default.isExecutableFile)
    }
}
