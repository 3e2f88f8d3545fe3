import CPictures
import Foundation
import PhotographsTesting
import Testing

@testable import Photographs

@Suite("A photograph made anew")
struct PhotographTests {
    private func made(_ file: [UInt8]) throws -> Photograph {
        try file.withUnsafeBytes { bytes throws(Photograph.Trouble) in try Photograph(unpacking: bytes) }
    }

    private func trouble(_ file: [UInt8]) -> Photograph.Trouble? {
        do {
            _ = try made(file)
            return nil
        } catch {
            return error as? Photograph.Trouble
        }
    }

    /// What a JPEG shows at a place, as red, green and blue.
    private func colour(of jpeg: [UInt8], _ x: Int, _ y: Int, width: Int, height: Int) -> [UInt8] {
        let reader = tjInitDecompress()
        defer { tjDestroy(reader) }
        var dots = [UInt8](repeating: 0, count: width * height * 3)
        tjDecompress2(
            reader, jpeg, UInt(jpeg.count), &dots, Int32(width), 0, Int32(height), Int32(TJPF_RGB.rawValue), 0)
        return Array(dots[(y * width + x) * 3..<(y * width + x) * 3 + 3])
    }

    @Test("a file is told by how it begins, and not by its name")
    func kinds() {
        #expect(Photograph.Kind(beginning: [0xff, 0xd8, 0xff, 0xe0]) == .jpeg)
        #expect(Photograph.Kind(beginning: Drawn.png(1, 1)) == .png)
        #expect(Photograph.Kind(beginning: Array("RIFF\0\0\0\0WEBPVP8 ".utf8)) == .webp)
        #expect(Photograph.Kind(beginning: Array("\0\0\0\u{18}ftypheic".utf8)) == .phoneOnly)
        for other in ["PK\u{3}\u{4}", "%PDF-1.7", "<svg xmlns", "GIF89a", "RIFF\0\0\0\0WAVE", ""] {
            #expect(Photograph.Kind(beginning: Array(other.utf8)) == nil, "\(other)")
        }
    }

    @Test("it is made as large as a phone can use, and small for a list; what is smaller stays as it is")
    func sizes() throws {
        let large = try made(Drawn.png(2_000, 200))
        #expect((large.large.width, large.large.height) == (1_600, 160))
        #expect((large.small.width, large.small.height) == (480, 48))
        let small = try made(Drawn.png(40, 30))
        #expect((small.large.width, small.large.height) == (40, 30))
        #expect(small.small == small.large)
        let seen = colour(of: small.large.bytes, 3, 3, width: 40, height: 30)
        #expect(seen[0] > 200 && seen[2] < 60)
    }

    @Test("it stands the way that the camera was held", arguments: [1, 3, 6, 8] as [UInt8])
    func orientation(held: UInt8) throws {
        let upright = try made(Drawn.png(64, 32)).large
        let turned = try made(Drawn.held(held, upright.bytes)).large
        let isOnItsSide = held >= 5
        #expect((turned.width, turned.height) == (isOnItsSide ? (32, 64) : (64, 32)))
        // Where red, which was on the left, is now.
        let place = [1: (4, 16), 3: (60, 16), 6: (16, 4), 8: (16, 60)][held]!
        let seen = colour(of: turned.bytes, place.0, place.1, width: turned.width, height: turned.height)
        #expect(seen[0] > 180 && seen[2] < 80, "held \(held): \(seen)")
    }

    @Test("where it was taken and with what camera is in neither of the two")
    func notesAreGone() throws {
        let noted = Drawn.held(1, try made(Drawn.png(64, 32)).large.bytes)
        try #require(noted.contains("GPS 51.4816"))
        let anew = try made(noted)
        for picture in [anew.large, anew.small] {
            #expect(!picture.bytes.contains("GPS 51.4816") && !picture.bytes.contains("Exif"))
        }
    }

    @Test("what is no picture, what is damaged and what would fill the memory are told apart")
    func troubles() throws {
        #expect(trouble([]) == .unknown)
        #expect(trouble(Array("PK\u{3}\u{4} a zip".utf8)) == .unknown)
        #expect(trouble(Array(Drawn.png(64, 32).prefix(200))) == .damaged)
        // A few bytes that say they are a picture of 400 million dots.
        #expect(trouble(Drawn.png(20_000, 20_000, says: [0])) == .tooLarge)
        #expect(trouble(Drawn.png(40_000, 1, says: [0])) == .tooLarge)
        #expect(trouble(Drawn.png(64, 32)) == nil)
    }

    @Test("what travels between processes is whole, or nothing")
    func packing() throws {
        let photograph = try made(Drawn.png(64, 32))
        let packed = photograph.packed
        #expect(Photograph(packed: packed) == photograph)
        #expect(Photograph(packed: Array(packed.dropLast())) == nil)
        #expect(Photograph(packed: packed + [0]) == nil)
        #expect(Photograph(packed: []) == nil)
        var other = packed
        other[12] = 0x3c
        #expect(Photograph(packed: other) == nil, "nothing but a JPEG is taken")
    }
}

extension [UInt8] {
    fileprivate func contains(_ text: String) -> Bool { firstRange(of: Array(text.utf8)) != nil }
}
