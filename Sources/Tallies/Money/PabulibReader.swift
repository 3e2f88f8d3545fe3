extension Pabulib {
    /// No file is larger, as a place in it fits in 32 bits. The largest that is known has 30 MB.
    public static let largestFile = 2_000_000_000

    /// Reads a `.pb` file, strictly: what is missing, doubled, of the wrong kind or not as many as announced is
    /// refused with its line, so that others who recount read what we read.
    public init(reading bytes: [UInt8]) throws(Misread) {
        guard bytes.count <= Self.largestFile else {
            throw Misread(line: 0, "The file is larger than \(Self.largestFile) bytes, which is more than can be read.")
        }
        let head = try bytes.withUnsafeBufferPointer { bytes throws(Misread) in try PabulibHead(bytes) }
        let votes = try bytes.withUnsafeBufferPointer { bytes throws(Misread) in try PabulibVotes(bytes, after: head) }
        try head.check("num_votes", votes.starts.count - 1, "votes")
        vote = MoneyVote(
            kind: head.kind, budget: head.budget, places: head.places, projects: head.projects, starts: votes.starts,
            choices: votes.choices, points: votes.points, pointPlaces: votes.pointPlaces, ranks: head.ranks)
        meta = head.meta
        (projectColumns, projectFields) = (head.projectColumns, head.projectFields)
        voteColumns = votes.columns
        voteLines = Lines(bytes: bytes, starts: votes.lineStarts, ends: votes.lineEnds)
    }
}

/// The two sections before the votes.
struct PabulibHead {
    private(set) var meta: [Pabulib.Entry] = []
    private(set) var projectColumns: [String] = []
    private(set) var projectFields: [[String]] = []
    private(set) var projects: [MoneyVote.Project] = []
    private(set) var kind = MoneyVote.Kind.approval
    private(set) var budget = 0
    private(set) var places = 0
    /// How many may be ranked, where the file says so.
    private(set) var ranks: Int?
    /// Where the third section begins: the header of its columns.
    private(set) var end: (at: Int, line: Int) = (0, 1)

    /// The line each key of the first section stands on.
    private var metaLines: [String: Int] = [:]
    private var projectLines: [Int] = []

    init(_ bytes: UnsafeBufferPointer<UInt8>) throws(Misread) {
        var rows = PabulibFields(bytes)
        guard let first = try rows.next() else { throw Misread(line: 0, "The file is empty.") }
        guard Self.section(first.fields) == "META" else {
            throw Misread(line: first.line, "A .pb file begins with a line that says META.")
        }
        try readMeta(&rows)
        try readProjects(&rows)
        end = (rows.at, rows.line)
        try settle()
    }

    /// The name of a section, where a line is nothing else.
    private static func section(_ fields: [String]) -> String? {
        guard let only = fields.first, fields.dropFirst().allSatisfy(\.isEmpty) else { return nil }
        let name = only.uppercased()
        return ["META", "PROJECTS", "VOTES"].contains(name) ? name : nil
    }

    private mutating func readMeta(_ rows: inout PabulibFields) throws(Misread) {
        let header = try rows.next()
        guard let header, header.fields.prefix(2).map({ $0.lowercased() }) == ["key", "value"] else {
            throw Misread(line: header?.line ?? rows.line, "The line after META is “key;value”.")
        }
        while let (fields, line) = try rows.next() {
            if let section = Self.section(fields) {
                guard section == "PROJECTS" else {
                    throw Misread(line: line, "After META comes PROJECTS, and here is \(section).")
                }
                return
            }
            guard fields.count >= 2, !fields[0].isEmpty, fields.dropFirst(2).allSatisfy(\.isEmpty) else {
                throw Misread(line: line, "A line of META has a key and a value with “;” between them.")
            }
            guard metaLines.updateValue(line, forKey: fields[0]) == nil else {
                throw Misread(line: line, "“\(fields[0])” is said twice.")
            }
            meta.append(Pabulib.Entry(fields[0], fields[1]))
        }
        throw Misread(line: 0, "The file has no section PROJECTS.")
    }

    private mutating func readProjects(_ rows: inout PabulibFields) throws(Misread) {
        guard let header = try rows.next() else { throw Misread(line: 0, "The file has no projects.") }
        projectColumns = header.fields
        guard Set(projectColumns).count == projectColumns.count else {
            throw Misread(line: header.line, "Two columns have the same name.")
        }
        guard projectColumns.contains("project_id"), projectColumns.contains("cost") else {
            throw Misread(line: header.line, "Projects need the columns “project_id” and “cost”.")
        }
        while let (fields, line) = try rows.next() {
            if let section = Self.section(fields) {
                guard section == "VOTES" else {
                    throw Misread(line: line, "After PROJECTS comes VOTES, and here is \(section).")
                }
                return
            }
            guard fields.count == projectColumns.count else {
                throw Misread(
                    line: line,
                    "This project has \(fields.count) fields, and the header has \(projectColumns.count) columns.")
            }
            guard projectFields.count < MoneyVote.mostProjects else {
                throw Misread(line: line, "At most \(MoneyVote.mostProjects) projects can be read.")
            }
            projectFields.append(fields)
            projectLines.append(line)
        }
        throw Misread(line: 0, "The file has no section VOTES.")
    }

    // MARK: What they say

    private mutating func settle() throws(Misread) {
        kind = try readKind()
        let (sum, sumLine) = try needed("budget")
        let budget = try Self.amount(sum, line: sumLine, "The budget")
        let costColumn = projectColumns.firstIndex(of: "cost")!
        var costs: [WrittenDecimal] = []
        for (fields, line) in zip(projectFields, projectLines) {
            costs.append(try Self.amount(fields[costColumn], line: line, "The cost"))
        }
        // One unit for all amounts: the smallest decimal that occurs.
        places = costs.reduce(budget.places) { max($0, $1.places) }
        self.budget = try Self.scaled(budget, to: places, line: sumLine)
        try makeProjects(costs)
        try check("num_projects", projects.count, "projects")
        if kind == .ranking, let longest = meta.first(where: { $0.key == "max_length" }) {
            guard let ranks = Int(longest.value), ranks > 0 else {
                throw Misread(line: metaLines["max_length"] ?? 0, "“max_length” is a whole number above 0.")
            }
            self.ranks = min(ranks, projects.count)
        }
    }

    private func readKind() throws(Misread) -> MoneyVote.Kind {
        let (type, line) = try needed("vote_type")
        switch type.lowercased() {
        case "approval", "choose-1": return .approval
        case "cumulative", "scoring": return .points
        case "ordinal": return .ranking
        default:
            throw Misread(
                line: line,
                "“\(type)” is no kind of vote that we know: approval, choose-1, cumulative, scoring or ordinal.")
        }
    }

    private mutating func makeProjects(_ costs: [WrittenDecimal]) throws(Misread) {
        let idColumn = projectColumns.firstIndex(of: "project_id")!
        let nameColumn = projectColumns.firstIndex(of: "name")
        var seen: Set<String> = []
        for (place, fields) in projectFields.enumerated() {
            let (id, line) = (fields[idColumn], projectLines[place])
            guard !id.isEmpty, !id.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == 0 }) else {
                throw Misread(line: line, "A project has an id without a comma, so that ballots can name it.")
            }
            guard seen.insert(id).inserted else { throw Misread(line: line, "There are two projects “\(id)”.") }
            projects.append(
                MoneyVote.Project(
                    id: id, name: nameColumn.map { fields[$0] } ?? "",
                    cost: try Self.scaled(costs[place], to: places, line: line)))
        }
    }

    private func needed(_ key: String) throws(Misread) -> (value: String, line: Int) {
        guard let entry = meta.first(where: { $0.key == key }), let line = metaLines[key] else {
            throw Misread(line: 0, "META doesn't say “\(key)”, which is needed.")
        }
        return (entry.value, line)
    }

    /// Whether as many were found as the file announces. A file that was cut short is not counted.
    func check(_ key: String, _ found: Int, _ what: String) throws(Misread) {
        guard let entry = meta.first(where: { $0.key == key }) else { return }
        guard Int(entry.value) == found else {
            throw Misread(
                line: metaLines[key] ?? 0, "“\(key)” announces \(entry.value) \(what), and the file has \(found).")
        }
    }

    private static func amount(_ text: String, line: Int, _ what: String) throws(Misread) -> WrittenDecimal {
        guard let amount = WrittenDecimal(text.utf8), amount.units >= 0 else {
            throw Misread(
                line: line,
                "\(what) is a number like 1250 or 12.50 (at most \(MoneyVote.largestAmount)), and here is “\(text)”.")
        }
        return amount
    }

    private static func scaled(_ amount: WrittenDecimal, to places: Int, line: Int) throws(Misread) -> Int {
        guard let scaled = amount.scaled(to: places) else {
            throw Misread(line: line, "This amount is too large to be held with \(places) decimals.")
        }
        return scaled
    }
}
