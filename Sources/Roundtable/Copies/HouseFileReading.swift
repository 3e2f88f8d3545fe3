import Crypto
import Foundation
import Storage

/// Bytes out of a file, in order.
final class FileSource: CopySource {
    /// How long the file was when it was opened, in bytes.
    let length: Int
    private let path: String
    private let handle: CInt
    private var held: ArraySlice<UInt8> = []

    init(_ file: URL) throws(CopyTrouble) {
        path = file.path
        guard FileManager.default.fileExists(atPath: path) else { throw .noFile(path) }
        handle = open(path, O_RDONLY | O_CLOEXEC)
        var facts = stat()
        guard handle >= 0, fstat(handle, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            throw .unreadable(path)
        }
        length = Int(facts.st_size)
    }

    deinit { if handle >= 0 { close(handle) } }

    func read(_ count: Int) throws -> [UInt8] {
        var bytes = Array(held.prefix(count))
        held = held.dropFirst(count)
        while bytes.count < count {
            // Read ahead, so that a small record is not a question to the system.
            let more = try ahead(max(HouseFile.piece, count - bytes.count))
            guard !more.isEmpty else { return bytes }
            let wanted = count - bytes.count
            bytes += more.prefix(wanted)
            held = more.dropFirst(wanted)
        }
        return bytes
    }

    /// Whether the file ends so.
    func ends(with line: [UInt8]) -> Bool {
        guard length >= line.count else { return false }
        var end = [UInt8](repeating: 0, count: line.count)
        return pread(handle, &end, end.count, off_t(length - line.count)) == end.count && end == line
    }

    private func ahead(_ count: Int) throws -> ArraySlice<UInt8> {
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            var got = Foundation.read(handle, buffer.baseAddress, count)
            while got < 0, errno == EINTR { got = Foundation.read(handle, buffer.baseAddress, count) }
            failed = got < 0
            filled = max(got, 0)
        }
        guard !failed else { throw CopyTrouble.unreadable(path) }
        return bytes[...]
    }
}

/// Reads a house file, record by record, and knows at its end whether all of it was as it was written.
final class HouseFileReader {
    private let source: any CopySource
    private var digest = SHA256()
    private var columns = 0

    /// - Throws: `CopyTrouble` where the bytes don't begin as a house file does.
    init(_ source: any CopySource) throws {
        self.source = source
        guard try take(HouseFile.firstLine.count) == HouseFile.firstLine else { throw CopyTrouble.notACopy }
    }

    /// Opens a house file that is not sealed.
    static func open(_ file: URL) throws -> HouseFileReader {
        let source = try FileSource(file)
        switch try CopyKind(of: file) {
        case .sealed: throw CopyTrouble.sealed
        case .neither: throw CopyTrouble.notACopy
        case .plain: break
        }
        guard source.ends(with: HouseFile.lastLine) else { throw CopyTrouble.cutOff }
        return try HouseFileReader(source)
    }

    /// The next record. After the ending there are no more, and asking is a mistake.
    func next() throws -> HouseFile.Record {
        let head = try take(5)
        var rest = head.dropFirst()
        let length = Int(try HouseFile.number(&rest) as UInt32)
        guard let kind = HouseFile.Kind(rawValue: head[0]), length <= HouseFile.longestRecord else {
            throw CopyTrouble.harmed
        }
        let bytes = try take(length)
        switch kind {
        case .heading: return .heading(try decoded(bytes))
        case .table:
            let table: Table = try decoded(bytes)
            columns = table.columns.count
            return .table(table)
        case .row: return .row(try HouseFile.values(in: bytes, columns: columns))
        case .counter: return .counter(try decoded(bytes))
        case .secret: return .secret(bytes)
        case .file: return .file(try decoded(bytes))
        case .piece: return .piece(bytes)
        case .ending:
            let wanted = Array(digest.finalize())
            guard try source.read(HouseFile.digestLength) == wanted,
                try source.read(HouseFile.lastLine.count + 1) == HouseFile.lastLine
            else { throw CopyTrouble.harmed }
            return .ending(try decoded(bytes))
        }
    }

    private func take(_ count: Int) throws -> [UInt8] {
        let bytes = try source.read(count)
        // That it is cut off was looked at before: here a length has been harmed.
        guard bytes.count == count else { throw CopyTrouble.harmed }
        digest.update(data: bytes)
        return bytes
    }

    private func decoded<Thing: Decodable>(_ bytes: [UInt8]) throws -> Thing {
        do {
            return try JSONDecoder().decode(Thing.self, from: Data(bytes))
        } catch {
            throw CopyTrouble.harmed
        }
    }
}

extension HouseFileReader {
    /// Reads all of it and checks it against its digest and its counts, before anything is done with it.
    func verified() throws -> (heading: HouseFile.Heading, secret: Secret, ending: HouseFile.Ending) {
        guard case .heading(let heading) = try next() else { throw CopyTrouble.harmed }
        var counted = HouseFile.Ending()
        var table: String?
        var secret: Secret?
        var left: Int64 = 0
        while true {
            let record = try next()
            if left > 0, case .piece = record {} else if left != 0 { throw CopyTrouble.harmed }
            switch record {
            case .heading: throw CopyTrouble.harmed
            case .table(let next):
                guard counted.rows.updateValue(0, forKey: next.name) == nil else { throw CopyTrouble.harmed }
                table = next.name
            case .row:
                guard let table else { throw CopyTrouble.harmed }
                counted.rows[table]! += 1
            case .counter: break
            case .secret(let bytes):
                guard bytes.count == Secret.length, secret == nil else { throw CopyTrouble.harmed }
                secret = Secret(key: SymmetricKey(data: bytes))
            case .file(let file):
                guard file.isWithin else { throw CopyTrouble.harmed }
                left = file.length
                counted.files += 1
            case .piece(let bytes): left -= Int64(bytes.count)
            case .ending(let ending):
                guard ending == counted, let secret else { throw CopyTrouble.harmed }
                return (heading, secret, ending)
            }
        }
    }
}

extension HouseFile.File {
    /// Whether its path stays within the folder that it is put into.
    fileprivate var isWithin: Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return length >= 0 && !parts.contains { ["", ".", ".."].contains($0) || $0.utf8.contains(0) }
    }
}

/// What sort of copy a file says that it is, by its first line.
enum CopyKind {
    case plain, sealed, neither

    init(of file: URL) throws(CopyTrouble) {
        let source = try FileSource(file)
        let start: [UInt8]
        do { start = try source.read(HouseFile.firstLine.count) } catch { throw .unreadable(file.path) }
        self =
            start == HouseFile.firstLine
            ? .plain : start.starts(with: Sealed.firstLine) ? .sealed : .neither
    }
}
