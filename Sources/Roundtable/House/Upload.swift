import Foundation
import NIOCore
import Photographs
import Synchronization

/// A file that came with a form, in a place of its own until the request is answered.
struct Upload: Sendable {
    let file: URL
    let length: Int
    /// How it begins, which says what it is; its name says nothing that can be believed.
    let beginning: [UInt8]
    /// More came than is kept.
    let isTooLong: Bool
    /// What it takes up of the room for all that arrives.
    var room: Arrivals.Room?

    /// How the addresses end that take one.
    static let door = "/pictures"

    /// The folder in the data folder for what is arriving. Whatever lies there when the house opens came half.
    static let folder = "arriving"

    func discard() { try? FileManager.default.removeItem(at: file) }

    /// A place for one more.
    static func place(in data: URL) -> URL {
        data.appending(path: "\(folder)/\(UUID().uuidString)", directoryHint: .notDirectory)
    }
}

/// The room on the disk for files that arrive: many at once would fill it before any door has said no.
final class Arrivals: Sendable {
    /// Half of a hall in the same minute; the largest together are a gigabyte.
    static let most = 50

    private let taken = Mutex(0)

    /// Room for one more, until nobody holds it; nothing where there is none.
    func room() -> Room? {
        let isFree = taken.withLock { count in
            guard count < Self.most else { return false }
            count += 1
            return true
        }
        return isFree ? Room(in: self) : nil
    }

    final class Room: Sendable {
        private let arrivals: Arrivals

        fileprivate init(in arrivals: Arrivals) { self.arrivals = arrivals }

        deinit { arrivals.taken.withLock { $0 -= 1 } }
    }
}

/// Reads a form that may bring a file (`multipart/form-data`, RFC 7578) while it arrives: the file goes to disk in
/// pieces, and no more of it than a piece is ever held.
struct ArrivingForm {
    /// More than a name and a type.
    private static let longestHeading = 4_096

    private enum State {
        case before, heading
        case field(String)
        case file, after
    }

    private(set) var form = Form()
    private(set) var upload: Upload?
    /// Where a file goes; nothing where none is taken, which is known by the fields before it.
    private let place: (Form) -> URL?
    private let border: [UInt8]
    private var pending: [UInt8]
    private var state = State.before
    private var value: [UInt8] = []
    private var room: Int
    private var sink: FileSink?

    /// - Parameters:
    ///   - border: what the browser put between the fields, as its heading says.
    ///   - room: how many bytes all fields but the file may take.
    ///   - place: where a file goes to, asked when it begins.
    init(border: String, room: Int, place: @escaping (Form) -> URL?) {
        self.border = Array("\r\n--\(border)".utf8)
        (self.room, self.place) = (room, place)
        // The first border is the same as the others when a line stands before it.
        pending = Array("\r\n".utf8)
    }

    /// The text between two fields that the heading of such a form names; nothing when it is another kind of form.
    static func border(in type: String) -> String? {
        guard type.lowercased().hasPrefix("multipart/form-data"), let found = type.range(of: "boundary=") else {
            return nil
        }
        let text = type[found.upperBound...].prefix { $0 != ";" }.trimmingCharacters(in: ["\"", " "])
        return (1...70).contains(text.utf8.count) ? text : nil
    }

    /// Takes in what has arrived. False when it is no such form, or its fields are too long.
    mutating func take(_ piece: ByteBuffer) throws -> Bool {
        pending += piece.readableBytesView
        while true {
            switch state {
            case .before, .field, .file:
                guard let end = find(border) else { return try keepAllButPossibleBorder() }
                guard try keep(pending[..<end]), try endPart() else { return false }
                pending.removeFirst(end + border.count)
                state = .heading
            case .heading:
                if pending.starts(with: "--".utf8) {
                    state = .after
                    continue
                }
                guard let end = find(Array("\r\n\r\n".utf8)) else { return pending.count <= Self.longestHeading }
                guard begin(String(decoding: pending[..<end], as: UTF8.self)) else { return false }
                pending.removeFirst(end + 4)
                // A part with nothing in it ends with the border at once, whose line break has just been taken.
                pending.insert(contentsOf: "\r\n".utf8, at: 0)
                isFirst = true
            case .after:
                pending.removeAll()
                return true
            }
        }
    }

    /// Whether the two bytes before a part's first are our own.
    private var isFirst = false

    /// The whole of it has arrived. False when it ends before its end.
    mutating func finish() -> Bool {
        if case .after = state { return true }
        giveUp()
        return false
    }

    /// No more will come: what was arriving is let go of.
    mutating func giveUp() {
        sink?.discard()
        sink = nil
    }

    private func find(_ text: [UInt8]) -> Int? {
        pending.withUnsafeBytes { bytes in
            var from = 0
            while from + text.count <= bytes.count {
                guard let hit = memchr(bytes.baseAddress! + from, Int32(text[0]), bytes.count - from) else {
                    return nil
                }
                let place = hit - UnsafeMutableRawPointer(mutating: bytes.baseAddress!)
                guard place + text.count <= bytes.count else { return nil }
                if memcmp(bytes.baseAddress! + place, text, text.count) == 0 { return place }
                from = place + 1
            }
            return nil
        }
    }

    private mutating func keepAllButPossibleBorder() throws -> Bool {
        let sure = pending.count - border.count
        guard sure > (isFirst ? 1 : 0) else { return true }
        guard try keep(pending[..<sure]) else { return false }
        pending.removeFirst(sure)
        return true
    }

    private mutating func keep(_ bytes: ArraySlice<UInt8>) throws -> Bool {
        var bytes = bytes
        if isFirst, bytes.count >= 2 {
            bytes = bytes.dropFirst(2)
            isFirst = false
        }
        switch state {
        case .field:
            room -= bytes.count
            value += bytes
            return room >= 0
        case .file: try sink?.write(bytes)
        case .before, .heading, .after: break
        }
        return true
    }

    private mutating func endPart() throws -> Bool {
        isFirst = false
        switch state {
        case .field(let name):
            guard let text = String(validating: value, as: UTF8.self), form.add(name, text) else { return false }
            value = []
        case .file:
            upload = try sink?.finish()
            sink = nil
        case .before, .heading, .after: break
        }
        return true
    }

    /// Reads the heading of a part: `Content-Disposition: form-data; name="picture"; filename="wall.jpg"`.
    private mutating func begin(_ heading: String) -> Bool {
        let lines = heading.split(separator: "\r\n")
        guard let line = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }),
            let name = line.firstMatch(of: /[; ]name="([^"]*)"/)
        else { return false }
        guard line.contains(/filename\*?=/) else {
            state = .field(String(name.output.1))
            return true
        }
        state = .file
        // One file comes with a form; another is read and let go of.
        if upload == nil, let place = place(form) { sink = FileSink(place) }
        return true
    }
}

/// A file being written as it arrives, up to the most that is kept.
private final class FileSink {
    private let file: URL
    private var handle: FileHandle?
    private var length = 0
    private var beginning: [UInt8] = []

    init(_ file: URL) { self.file = file }

    func write(_ bytes: ArraySlice<UInt8>) throws {
        length += bytes.count
        if beginning.count < Photograph.Kind.told { beginning += bytes.prefix(Photograph.Kind.told - beginning.count) }
        guard !bytes.isEmpty, length <= Photograph.largestFile else { return }
        if handle == nil {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            guard
                FileManager.default.createFile(atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw CocoaError(.fileWriteUnknown) }
            handle = try FileHandle(forWritingTo: file)
        }
        try handle!.write(contentsOf: bytes)
    }

    /// What came; nothing when nobody chose a file.
    func finish() throws -> Upload? {
        try handle?.close()
        guard length > 0 else { return nil }
        return Upload(
            file: file, length: length, beginning: beginning, isTooLong: length > Photograph.largestFile)
    }

    func discard() {
        try? handle?.close()
        try? FileManager.default.removeItem(at: file)
    }
}
