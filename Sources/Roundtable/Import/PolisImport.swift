import Foundation
import Markup
import Storage

/// What bringing in a conversation did.
public struct ImportReport: Sendable {
    /// How many contributions and givers were new.
    public let contributions: Int
    public let people: Int
    public let refused: [Refused]
    /// Where the new givers' receipts were written; nothing when there were none.
    public let receipts: String?
    /// Six words that let one person in, when the project is new.
    public let invitation: String?
    /// How many of the new contributions came in set aside.
    public let setAside: Int

    public struct Refused: Sendable, Codable {
        public let line: Int
        public let reason: String
    }

    /// `{"contributions": 896, "people": 403, "refused": [{"line": 7, "reason": "…"}]}`
    public func json() throws -> String {
        struct Counts: Encodable {
            let contributions: Int
            let people: Int
            let refused: [Refused]
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let counts = Counts(contributions: contributions, people: people, refused: refused)
        return String(decoding: try encoder.encode(counts), as: UTF8.self)
    }
}

/// Why nothing was brought in; `description` is a sentence for whoever runs the command.
public struct ImportTrouble: Error, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
}

extension House {
    /// Files larger than this are not an export: the largest known has 8,000 comments in 3 MB.
    static let largestExport = 256 * 1024 * 1024
    /// How long an invitation into a new project stays open, in days: time to find whoever should begin.
    static let importedInvitation = 30

    /// Brings the comments of a Polis export in as one gathering's contributions, their authors as unnamed givers.
    /// What is there already is left as it is, so a second run adds nothing.
    ///
    /// - Parameters:
    ///   - folder: where `comments.csv` and `summary.csv` lie.
    ///   - name: the project's; it is made when there is none.
    ///   - receipts: the file to write receipts to; usually `receipts.txt` in the data folder.
    ///   - language: the language that people wrote in; usually the house's own.
    /// - Throws: `ImportTrouble`, with a sentence, when nothing could be brought in.
    public func importPolis(
        _ folder: URL, project name: String, receipts: URL? = nil, language: String? = nil
    ) async throws -> ImportReport {
        let export = try PolisExport(
            comments: Self.file("comments.csv", in: folder, isRequired: true),
            summary: Self.file("summary.csv", in: folder, isRequired: false), folder: folder.lastPathComponent)
        guard let first = export.comments.first, let last = export.comments.last else {
            let reasons = export.refused.map { " Line \($0.line): \($0.reason)." }.joined()
            throw ImportTrouble("There is no comment in it that can be read.\(reasons)")
        }
        try await database.expectMuch()
        let sheet = ReceiptSheet(file: receipts ?? settings.data.appending(path: "receipts.txt"))
        let (place, invitation) = try await makeRoom(
            for: export, from: first.said, until: last.said, project: Self.projectName(name), sheet)
        let people = try await deal(export, place, onto: sheet)
        let said = export.comments.map { $0.imported(from: export, into: place) }
        let (added, setAside) = try await add(said, place, language: language ?? Catalogue.fallback)
        // All of it is there by now, and the words that let somebody in have to be told.
        try? await database.takeStock()
        return ImportReport(
            contributions: added, people: people,
            refused: export.refused.map { .init(line: $0.line, reason: $0.reason) },
            receipts: people > 0 ? sheet.file.path : nil, invitation: invitation, setAside: setAside)
    }

    /// Reads a file of the export, whatever date and name stand before its own.
    private static func file(_ name: String, in folder: URL, isRequired: Bool) throws -> [UInt8] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let found = names.contains(name) ? [name] : names.filter { $0.hasSuffix("-\(name)") }
        guard found.count <= 1 else {
            throw ImportTrouble("There are several files called …\(name) in \(folder.path).")
        }
        guard let file = found.first.map({ folder.appending(path: $0) }) else {
            guard isRequired else { return [] }
            throw ImportTrouble("There is no file called \(name) in \(folder.path).")
        }
        let size = try? FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int
        guard let size, size <= largestExport, let bytes = try? Data(contentsOf: file) else {
            throw ImportTrouble("\(file.path) can't be read, or is larger than \(largestExport / 1_048_576) MB.")
        }
        return Array(bytes)
    }

    private static func projectName(_ text: String) throws -> String {
        do throws(Refusal) {
            return try Project.named(text)
        } catch {
            throw ImportTrouble("--project takes a name of 1 to \(Project.longestName) letters.")
        }
    }

    /// Finds or makes the project, and the gathering in it. A new one is nobody's until its invitation is used, so
    /// that is on the sheet first.
    private func makeRoom(
        for export: PolisExport, from first: Moment, until last: Moment, project name: String, _ sheet: ReceiptSheet
    ) async throws -> (ImportPlace, invitation: String?) {
        let (now, fresh, words) = (now(), newID(Project.self), SixWords.random())
        let hash = secret.hash(words.slug, for: Invitation.opening.kind)
        let gathering = export.gathering(from: first, until: last, in: settings.zone)
        if try await database.read({ try $0.projects(named: name) }).isEmpty {
            try sheet.add(invitation: words, into: name)
        }
        return try await database.write { db in
            let known = try db.projects(named: name)
            guard known.count < 2 else {
                throw ImportTrouble("There are \(known.count) projects called \(name). Give one of them another name.")
            }
            let place = export.place(in: known.first ?? fresh)
            if known.isEmpty { try db.addImported(fresh, named: name, at: now) }
            try db.addSource(place, named: export.sourceName, at: now)
            try db.addImported(gathering, place, at: now)
            guard known.isEmpty else { return (place, nil) }
            try db.addInvitation(hash, place, until: now + .days(Self.importedInvitation), at: now)
            return (place, words.spoken)
        }
    }

    /// Deals a receipt to each author who has none. The words are on the sheet before their hashes are kept: a fall
    /// between the two leaves words that open nothing, and the next run deals again; never a giver without a receipt.
    private func deal(_ export: PolisExport, _ place: ImportPlace, onto sheet: ReceiptSheet) async throws -> Int {
        let (dealt, highest) = try await database.read { try $0.receipts(dealtIn: place.gathering) }
        var authors: Set<Int64> = []
        var lines: [ReceiptSheet.Line] = []
        for comment in export.comments where authors.insert(comment.author).inserted {
            guard !dealt.contains(export.receipt(of: comment.author, in: place)) else { continue }
            lines.append(.init(number: highest + lines.count + 1, author: comment.author, words: .random()))
        }
        guard !lines.isEmpty else { return 0 }
        try sheet.add(lines, heading: export.heading(at: settings.address))
        let receipts = lines.map { line in
            ImportedReceipt(
                id: export.receipt(of: line.author, in: place), number: line.number,
                hash: receiptHash(of: line.words))
        }
        let now = now()
        for batch in receipts.batches(of: importedAtOnce) {
            try await database.write { try $0.addImported(batch, place, at: now) }
        }
        return lines.count
    }

    private func add(
        _ said: [ImportedContribution], _ place: ImportPlace, language: String
    ) async throws -> (added: Int, setAside: Int) {
        let (now, reason) = (now(), PolisExport.whySetAside)
        var (added, setAside) = (0, 0)
        for batch in said.batches(of: importedAtOnce) {
            let new = try await database.write { db in
                let ids = try db.addImported(batch, place, language: language)
                let new = batch.filter { ids.contains($0.id) }
                try db.addSettingsAside(of: new, place, reason: reason, at: now)
                return new
            }
            added += new.count
            setAside += new.count { $0.setAside != nil }
        }
        return (added, setAside)
    }
}

extension PolisExport {
    static let whySetAside = "It was left out of the Polis conversation that it came from."

    /// Ids come from what a thing is in its source and from the project it is brought into, and from nothing else.
    private func id<Thing>(_ kind: String, _ name: some CustomStringConvertible, in project: ID<Project>) -> ID<Thing> {
        .derived(from: "polis\n\(project)\n\(conversation)\n\(kind)\n\(name)")
    }

    func place(in project: ID<Project>) -> ImportPlace {
        ImportPlace(project: project, seat: id("source", "", in: project), gathering: id("gathering", "", in: project))
    }

    func receipt(of author: Int64, in place: ImportPlace) -> ID<Receipt> {
        id("receipt", author, in: place.project)
    }

    fileprivate func contribution(_ comment: Int64, in place: ImportPlace) -> ID<Contribution> {
        id("contribution", comment, in: place.project)
    }

    fileprivate func setAside(_ comment: Int64, in place: ImportPlace) -> ID<ImportedContribution> {
        id("set aside", comment, in: place.project)
    }

    var sourceName: String { "Polis \(conversation.prefix(Person.longestName - 6))" }

    /// A description that could be asked aloud is the question of the day; a longer one is the plan.
    func gathering(from first: Moment, until last: Moment, in zone: TimeZone) -> ImportedGathering {
        let isQuestion = Text.line(about) == about && Text.fits(about, letters: GatheringPlan.longestQuestion)
        return ImportedGathering(
            name: topic.isEmpty ? sourceName : String(topic.prefix(GatheringPlan.longestLine)),
            place: String(address.prefix(GatheringPlan.longestLine)),
            plan: isQuestion ? "" : String(about.prefix(GatheringPlan.longestText)),
            question: isQuestion ? about : "",
            starts: LocalTime(first, in: zone), ends: LocalTime(last + .minutes(1), in: zone))
    }

    /// What stands above the receipts, so that whoever finds the file knows what it opens.
    func heading(at address: String) -> String {
        """
        Receipts for \(topic.isEmpty ? conversation : topic) (\(sourceName))
        Each line's six words open one giver's words and what became of them, at \(address)/words.
        They are nowhere else. Give each to its giver, and keep this file from everybody else.
        Should a number stand twice, the later words count.
        """
    }
}

extension PolisExport.Comment {
    func imported(from export: PolisExport, into place: ImportPlace) -> ImportedContribution {
        ImportedContribution(
            id: export.contribution(id, in: place), receipt: export.receipt(of: author, in: place), words: words,
            said: said, setAside: moderation == .out ? export.setAside(id, in: place) : nil)
    }
}

extension LocalTime {
    /// What the clock on the wall showed at a moment.
    fileprivate init(_ moment: Moment, in zone: TimeZone) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.hour, .minute], from: moment.date)
        let clock = String(format: "%02d:%02d", parts.hour!, parts.minute!)
        self.init("\(Day(moment, in: zone))T\(clock)", in: zone)!
    }
}

extension Array {
    /// The same elements in order, so many at a time.
    fileprivate func batches(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
