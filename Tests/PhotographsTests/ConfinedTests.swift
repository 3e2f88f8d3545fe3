import Foundation
import PhotographsTesting
import Testing

@testable import Photographs

/// The process that photographs are made in, as it is when the house runs it.
@Suite("Within the walls", .serialized)
struct ConfinedTests {
    private static let program: URL = {
        let tests = try! FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(filePath: tests).deletingLastPathComponent().appending(path: "roundtable")
    }()

    private func start() throws -> (Process, input: FileHandle, output: FileHandle) {
        let (process, input, output) = (Process(), Pipe(), Pipe())
        process.executableURL = Self.program
        process.arguments = ["photograph"]
        (process.standardInput, process.standardOutput) = (input, output)
        process.standardError = FileHandle.nullDevice
        try process.run()
        return (process, input.fileHandleForWriting, output.fileHandleForReading)
    }

    private func run(_ file: [UInt8]) throws -> (code: Int32, isKilled: Bool, made: [UInt8]) {
        let (process, input, output) = try start()
        try? input.write(contentsOf: Data(file))
        try? input.close()
        let made = try output.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, process.terminationReason == .uncaughtSignal, Array(made))
    }

    @Test("a photograph comes out as it does without them")
    func making() throws {
        let (code, isKilled, made) = try run(Drawn.png(640, 320))
        #expect(code == 0 && !isKilled)
        let photograph = try #require(Photograph(packed: made))
        #expect((photograph.large.width, photograph.small.width) == (640, 480))
    }

    @Test("it says what is wrong with a file by a number")
    func troubles() throws {
        #expect(try run(Array("PK\u{3}\u{4} a zip".utf8)).code == Photograph.Trouble.unknown.rawValue)
        #expect(try run(Drawn.png(20_000, 20_000, says: [0])).code == Photograph.Trouble.tooLarge.rawValue)
        #expect(try run(Array(Drawn.png(64, 32).prefix(90))).code == Photograph.Trouble.damaged.rawValue)
    }

    @Test("it may open nothing, write no file, and use so much memory and time; the kernel holds it to that")
    func limits() async throws {
        let (process, input, _) = try start()
        defer {
            try? input.close()
            process.waitUntilExit()
        }
        // It shuts itself in before it reads, and waits for what to read.
        let folder = "/proc/\(process.processIdentifier)"
        var status = ""
        for _ in 0..<200 where !status.contains("Seccomp:\t2") {
            try await Task.sleep(for: .milliseconds(50))
            status = (try? String(contentsOfFile: "\(folder)/status", encoding: .utf8)) ?? ""
        }
        #expect(status.contains("Seccomp:\t2"))
        #expect(status.contains("NoNewPrivs:\t1"))
        let limits = try String(contentsOfFile: "\(folder)/limits", encoding: .utf8)
        for (what, most) in [
            ("Max cpu time", "\(Photograph.longestWork)"), ("Max file size", "0"), ("Max open files", "3"),
            ("Max address space", "\(Photograph.mostMemory)"), ("Max core file size", "0"),
        ] {
            let line = try #require(limits.split(separator: "\n").first { $0.hasPrefix(what) })
            #expect(line.dropFirst(what.count).split(separator: " ")[0] == most, "\(line)")
        }
    }

    @Test("a hundred damaged files break nothing: each is made, or said to be damaged")
    func fuzz() throws {
        var chance = SystemRandomNumberGenerator()
        let png = Drawn.png(60, 40)
        let jpeg = try #require(Photograph(packed: run(png).made)).large.bytes
        for round in 0..<100 {
            var file = round % 2 == 0 ? png : Drawn.held(6, jpeg)
            for _ in 0..<[1, 4, 30].randomElement(using: &chance)! {
                file[Int.random(in: 8..<file.count, using: &chance)] = .random(in: 0...255, using: &chance)
            }
            if round % 5 == 0 { file.removeLast(Int.random(in: 1..<file.count / 2, using: &chance)) }
            let (code, isKilled, made) = try run(file)
            #expect(!isKilled, "round \(round) ended by signal \(code): \(Data(file).base64EncodedString())")
            #expect([0, 10, 11, 12].contains(code))
            #expect((code == 0) == (Photograph(packed: made) != nil))
        }
    }
}
