/// The third section: one line for each voter. The bytes are walked once, field by field, without a string.
struct PabulibVotes {
    private(set) var columns: [String] = []
    private(set) var starts: [Int32] = [0]
    private(set) var choices: [UInt16] = []
    private(set) var points: [Int32] = []
    private(set) var pointPlaces = 0
    private(set) var lineStarts: [UInt32] = []
    private(set) var lineEnds: [UInt32] = []

    private let bytes: UnsafeBufferPointer<UInt8>
    private let head: PabulibHead
    private let index: ProjectIndex
    /// On which ballot each project was named last, to find what is named twice.
    private var named: [Int32]
    private var at = 0
    private var line = 1

    private static let separator = UInt8(ascii: ";")
    private static let comma = UInt8(ascii: ",")
    private static let quote = UInt8(ascii: "\"")

    init(_ bytes: UnsafeBufferPointer<UInt8>, after head: PabulibHead) throws(Misread) {
        self.bytes = bytes
        self.head = head
        index = ProjectIndex(head.projects)
        named = .init(repeating: -1, count: head.projects.count)
        var rows = PabulibFields(bytes)
        (rows.at, rows.line) = head.end
        guard let header = try rows.next() else { throw Misread(line: 0, "The section VOTES has no header.") }
        columns = header.fields
        (at, line) = (rows.at, rows.line)
        guard let votes = columns.firstIndex(of: "vote") else {
            throw Misread(line: header.line, "Votes need a column “vote”.")
        }
        let given = columns.firstIndex(of: "points")
        guard head.kind != .points || given != nil else {
            throw Misread(line: header.line, "Votes with points need a column “points”.")
        }
        try walk(votes, head.kind == .points ? given : nil)
    }

    /// Every line. `votes` and `given` are the columns that count.
    private mutating func walk(_ votes: Int, _ given: Int?) throws(Misread) {
        // A line has at least some twenty bytes, and names a project every six or so.
        let left = bytes.count - at
        choices.reserveCapacity(left / 8)
        for capacity in [left / 24] {
            starts.reserveCapacity(capacity)
            lineStarts.reserveCapacity(capacity)
            lineEnds.reserveCapacity(capacity)
        }
        while at < bytes.count {
            let begin = at
            if isAtLineEnd {
                endLine()
                continue
            }
            var column = 0
            while true {
                if column == votes {
                    try readChoices()
                } else if column == given {
                    try readPoints()
                } else {
                    try skip()
                }
                column += 1
                guard at < bytes.count, bytes[at] == Self.separator else { break }
                at += 1
            }
            guard column == columns.count else {
                throw Misread(
                    line: line, "This vote has \(column) fields, and the header has \(columns.count) columns.")
            }
            if given != nil, points.count != choices.count {
                throw Misread(line: line, "This vote names projects and gives points, but not as many of each.")
            }
            lineStarts.append(UInt32(begin))
            lineEnds.append(UInt32(at))
            starts.append(Int32(choices.count))
            endLine()
        }
    }

    // MARK: Fields

    @inline(__always)
    private mutating func readChoices() throws(Misread) {
        let isQuoted = openQuote()
        let ballot = Int32(truncatingIfNeeded: starts.count)
        while at < bytes.count {
            let begin = at
            var key: UInt64 = 0
            while at < bytes.count {
                let byte = bytes[at]
                if byte == Self.comma || byte == Self.separator || byte < 32 || byte == Self.quote { break }
                key = ProjectIndex.adding(byte, to: key)
                at += 1
            }
            if at > begin || (at < bytes.count && bytes[at] == Self.comma) {
                var found = index.place(key, bytes, begin, at)
                if found == nil { found = try trimmed(begin, at) }
                let place = found!
                guard named[place] != ballot else {
                    throw Misread(line: line, "This vote names the project “\(head.projects[place].id)” twice.")
                }
                named[place] = ballot
                choices.append(UInt16(truncatingIfNeeded: place))
            }
            guard at < bytes.count, bytes[at] == Self.comma else { break }
            at += 1
        }
        try close(isQuoted)
    }

    @inline(__always)
    private mutating func readPoints() throws(Misread) {
        let isQuoted = openQuote()
        while at < bytes.count, !isAtFieldEnd {
            let begin = at
            while at < bytes.count, bytes[at] != Self.comma, !isAtFieldEnd { at += 1 }
            try addPoints(begin, at)
            guard at < bytes.count, bytes[at] == Self.comma else { break }
            at += 1
        }
        try close(isQuoted)
    }

    private mutating func addPoints(_ begin: Int, _ end: Int) throws(Misread) {
        let blanks: (UInt8) -> Bool = { $0 == 32 || $0 == 9 }
        let text = bytes[begin..<end].drop(while: blanks)
        let trimmed = text.prefix((text.lastIndex { !blanks($0) } ?? text.startIndex - 1) - text.startIndex + 1)
        guard let given = WrittenDecimal(trimmed) else {
            throw Misread(line: line, "Points are numbers with commas between them, and here is something else.")
        }
        if given.places > pointPlaces {
            let more = given.places - pointPlaces
            for place in points.indices { points[place] = try scaled(Int(points[place]), by: more) }
            pointPlaces = given.places
        }
        points.append(try scaled(given.units, by: pointPlaces - given.places))
    }

    private func scaled(_ units: Int, by places: Int) throws(Misread) -> Int32 {
        let scaled = (0..<places).reduce(units) { units, _ in units * 10 }
        guard scaled.magnitude <= MoneyVote.mostPoints, units.magnitude <= MoneyVote.mostPoints else {
            throw Misread(line: line, "Points are at most \(MoneyVote.mostPoints), counted in their last decimal.")
        }
        return Int32(scaled)
    }

    @inline(__always)
    private mutating func skip() throws(Misread) {
        guard at < bytes.count, bytes[at] == Self.quote else {
            while at < bytes.count, bytes[at] != Self.separator, bytes[at] != 10, bytes[at] != 13 { at += 1 }
            return
        }
        let begun = line
        at += 1
        while true {
            guard at < bytes.count else {
                throw Misread(line: begun, "A quotation mark is opened here and never closed.")
            }
            let byte = bytes[at]
            at += 1
            if byte == 10 { line += 1 }
            guard byte == Self.quote else { continue }
            guard at < bytes.count, bytes[at] == Self.quote else { break }
            at += 1
        }
        try expectFieldEnd()
    }

    /// An id with blanks around it; what isn't a project is refused.
    private func trimmed(_ begin: Int, _ end: Int) throws(Misread) -> Int {
        var (from, to) = (begin, end)
        while from < to, bytes[from] == 32 { from += 1 }
        while to > from, bytes[to - 1] == 32 { to -= 1 }
        let key = bytes[from..<to].reduce(UInt64(0)) { ProjectIndex.adding($1, to: $0) }
        if let place = index.place(key, bytes, from, to) { return place }
        let id = String(decoding: bytes[from..<min(to, from + 60)], as: UTF8.self)
        throw Misread(line: line, "This vote names “\(id)”, and there is no such project.")
    }

    @inline(__always)
    private mutating func openQuote() -> Bool {
        guard at < bytes.count, bytes[at] == Self.quote else { return false }
        at += 1
        return true
    }

    private mutating func close(_ isQuoted: Bool) throws(Misread) {
        if isQuoted {
            guard at < bytes.count, bytes[at] == Self.quote else {
                throw Misread(line: line, "A quotation mark is opened here and never closed.")
            }
            at += 1
        }
        try expectFieldEnd()
    }

    @inline(__always)
    private func expectFieldEnd() throws(Misread) {
        guard at < bytes.count, bytes[at] != Self.separator, !isAtLineEnd else { return }
        throw Misread(line: line, "A field ends with “;” or with its line, and here is something else.")
    }

    @inline(__always)
    private var isAtFieldEnd: Bool {
        bytes[at] == Self.separator || bytes[at] == Self.quote || bytes[at] < 32 && bytes[at] != 9
    }

    @inline(__always)
    private var isAtLineEnd: Bool { bytes[at] == 10 || bytes[at] == 13 }

    @inline(__always)
    private mutating func endLine() {
        if at < bytes.count, bytes[at] == 13 { at += 1 }
        if at < bytes.count, bytes[at] == 10 { at += 1 }
        line += 1
    }
}
