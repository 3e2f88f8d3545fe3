import Crypto
import CryptoExtras
import Foundation

/// A backup: a house file sealed with words that the house does not keep (`docs/decisions/0009`).
///
/// Its key comes from the words by scrypt. It is sealed in pieces by AES-GCM, each with a nonce that says where it
/// stands and whether it is the last, so that none can be left out, repeated or changed about.
enum Sealed {
    static let firstLine = Array("Roundtable backup 1\n".utf8)
    static let lastLine = Array("\nEnd of backup\n".utf8)
    static let piece = 65_536
    static let tag = 16

    /// What stands in the open before the pieces; they are sealed to it.
    struct Heading: Sendable {
        static let saltLength = 16
        static let prefixLength = 7
        static let checkLength = 16
        static let digestLength = 8
        static let length = firstLine.count + saltLength + 1 + prefixLength + checkLength + digestLength

        let bytes: [UInt8]
        let key: SymmetricKey
        let prefix: [UInt8]
    }

    /// How much work one try at the words takes (scrypt's N, as a power of two): half a second and 128 MB.
    static let work: UInt8 = 17
    /// A file that asks for more than this (a gigabyte) is not one of ours.
    static let mostWork: UInt8 = 20

    static func nonce(_ prefix: [UInt8], _ number: UInt32, isLast: Bool) throws -> AES.GCM.Nonce {
        var bytes = prefix
        HouseFile.append(number.byteSwapped, to: &bytes)
        return try AES.GCM.Nonce(data: bytes + [isLast ? 1 : 0])
    }
}

extension Sealed.Heading {
    /// A heading for a new backup.
    init(_ words: BackupWords, work: UInt8) throws {
        let salt = Self.chance(Self.saltLength)
        prefix = Self.chance(Self.prefixLength)
        let (key, check) = try words.key(salt: salt, work: work)
        self.key = key
        let open = Sealed.firstLine + salt + [work] + prefix + check
        bytes = open + SHA256.hash(data: open).prefix(Self.digestLength)
    }

    /// Reads the heading of a backup, and tells wrong words from a harmed file.
    init(_ bytes: [UInt8], openedBy words: BackupWords) throws {
        let open = Array(bytes.dropLast(Self.digestLength))
        guard bytes.count == Self.length, bytes.starts(with: Sealed.firstLine),
            Array(SHA256.hash(data: open).prefix(Self.digestLength)) == Array(bytes.suffix(Self.digestLength))
        else { throw CopyTrouble.harmed }
        var rest = open.dropFirst(Sealed.firstLine.count)
        func take(_ count: Int) -> [UInt8] {
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }
        let (salt, work) = (take(Self.saltLength), take(1)[0])
        prefix = take(Self.prefixLength)
        guard work <= Sealed.mostWork else { throw CopyTrouble.harmed }
        let (key, check) = try words.key(salt: salt, work: work)
        guard check == take(Self.checkLength) else { throw BackupWords.Trouble.others }
        (self.key, self.bytes) = (key, bytes)
    }

    private static func chance(_ count: Int) -> [UInt8] { (0..<count).map { _ in .random(in: .min ... .max) } }
}

/// Seals what is written to it.
final class SealingSink: CopySink {
    private let sink: any CopySink
    private let heading: Sealed.Heading
    private var held: [UInt8] = []
    private var number: UInt32 = 0

    init(_ sink: any CopySink, _ heading: Sealed.Heading) throws {
        (self.sink, self.heading) = (sink, heading)
        try sink.write(heading.bytes)
    }

    func write(_ bytes: [UInt8]) throws {
        held += bytes
        // One piece is always held back: only the end shows which is the last.
        while held.count > Sealed.piece {
            try seal(Array(held.prefix(Sealed.piece)), isLast: false)
            held.removeFirst(Sealed.piece)
        }
    }

    func finish() throws {
        try seal(held, isLast: true)
        try sink.write(Sealed.lastLine)
        try sink.finish()
    }

    private func seal(_ bytes: [UInt8], isLast: Bool) throws {
        let nonce = try Sealed.nonce(heading.prefix, number, isLast: isLast)
        let box = try AES.GCM.seal(bytes, using: heading.key, nonce: nonce, authenticating: heading.bytes)
        try sink.write(Array(box.ciphertext + box.tag))
        number += 1
    }
}

/// Opens what `SealingSink` sealed.
final class OpeningSource: CopySource {
    private let source: FileSource
    let heading: Sealed.Heading
    /// Bytes of sealed pieces that are still to be read.
    private var left: Int
    private var number: UInt32 = 0
    private var held: ArraySlice<UInt8> = []

    init(_ file: URL, _ words: BackupWords) throws {
        switch try CopyKind(of: file) {
        case .plain: throw CopyTrouble.plain
        case .neither: throw CopyTrouble.notACopy
        case .sealed: break
        }
        source = try FileSource(file)
        guard source.ends(with: Sealed.lastLine) else { throw CopyTrouble.cutOff }
        left = source.length - Sealed.Heading.length - Sealed.lastLine.count
        heading = try Sealed.Heading(source.read(Sealed.Heading.length), openedBy: words)
    }

    /// The same file again, whose words are known to be right.
    init(_ file: URL, again heading: Sealed.Heading) throws {
        source = try FileSource(file)
        self.heading = heading
        left = source.length - Sealed.Heading.length - Sealed.lastLine.count
        guard try source.read(Sealed.Heading.length) == heading.bytes else { throw CopyTrouble.harmed }
    }

    func read(_ count: Int) throws -> [UInt8] {
        var bytes = Array(held.prefix(count))
        held = held.dropFirst(count)
        while bytes.count < count, left > 0 {
            let opened = try open()
            let wanted = count - bytes.count
            bytes += opened.prefix(wanted)
            held = opened.dropFirst(wanted)
        }
        return bytes
    }

    private func open() throws -> ArraySlice<UInt8> {
        let length = min(left, Sealed.piece + Sealed.tag)
        let sealed = try source.read(length)
        left -= length
        do {
            let nonce = try Sealed.nonce(heading.prefix, number, isLast: left == 0)
            number += 1
            let box = try AES.GCM.SealedBox(
                nonce: nonce, ciphertext: sealed.dropLast(Sealed.tag), tag: sealed.suffix(Sealed.tag))
            return Array(try AES.GCM.open(box, using: heading.key, authenticating: heading.bytes))[...]
        } catch {
            throw CopyTrouble.harmed
        }
    }
}
