import Crypto
import Foundation
import Storage

/// Writes a house file, record by record, holding no more of it than a piece.
final class HouseFileWriter {
    private let sink: any CopySink
    private var digest = SHA256()
    private var pending: [UInt8] = []
    private var ending = HouseFile.Ending()
    private var table = ""

    init(_ sink: any CopySink) {
        self.sink = sink
        pending = HouseFile.firstLine
    }

    /// Writes the whole of one moment of a house, and says what was written.
    func write(
        _ survey: Survey, _ secret: [UInt8], files: URL, leavingOut: Set<String>, counters: Set<String>, at now: Moment
    ) throws -> HouseFile.Ending {
        try add(
            .heading, HouseFile.Heading(program: Roundtable.version, made: now.milliseconds, steps: survey.migrations())
        )
        for table in try survey.reader.wholeTables() where !leavingOut.union(counters).contains(table.name) {
            try begin(table)
            try survey.rows(of: table) { try add($0) }
        }
        for counter in counters.sorted() {
            try add(.counter, HouseFile.Counter(name: counter, reached: survey.reached(counter)))
        }
        try record(.secret) { $0 += secret }
        // After the rows: what a row speaks of was there before it.
        try add(filesIn: files)
        try finish()
        return ending
    }

    /// Says which table the rows that follow are of.
    func begin(_ table: Table) throws {
        try add(.table, table)
        ending.rows[table.name] = 0
        self.table = table.name
    }

    func add(_ row: [Value]) throws {
        try record(.row) { HouseFile.append(row, to: &$0) }
        ending.rows[table]! += 1
    }

    private func add(filesIn folder: URL) throws {
        guard FileManager.default.fileExists(atPath: folder.path) else { return }
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() {
            let place = folder.appending(path: path)
            let attributes = try? FileManager.default.attributesOfItem(atPath: place.path)
            // What is gone since the names were read has been let go of.
            guard attributes?[.type] as? FileAttributeType == .typeRegular,
                let source = try? FileSource(place)
            else { continue }
            try add(.file, HouseFile.File(path: path, length: Int64(source.length)))
            var left = source.length
            while left > 0 {
                let piece = try source.read(min(HouseFile.piece, left))
                guard !piece.isEmpty else { throw CopyTrouble.unreadable(place.path) }
                left -= piece.count
                try record(.piece) { $0 += piece }
            }
            ending.files += 1
        }
    }

    func add(_ kind: HouseFile.Kind, _ thing: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json = try encoder.encode(thing)
        try record(kind) { $0 += json }
    }

    func record(_ kind: HouseFile.Kind, _ fill: (inout [UInt8]) -> Void) throws {
        pending.append(kind.rawValue)
        let start = pending.count
        pending += [0, 0, 0, 0]
        fill(&pending)
        let length = pending.count - start - 4
        guard length <= HouseFile.longestRecord else { throw StorageTrouble.unstorable }
        for place in 0..<4 { pending[start + place] = UInt8(truncatingIfNeeded: length >> (8 * place)) }
        if pending.count >= HouseFile.piece { try flush() }
    }

    private func flush() throws {
        digest.update(data: pending)
        try sink.write(pending)
        pending.removeAll(keepingCapacity: true)
    }

    func finish() throws {
        try add(.ending, ending)
        try flush()
        try sink.write(Array(digest.finalize()) + HouseFile.lastLine)
        try sink.finish()
    }
}
