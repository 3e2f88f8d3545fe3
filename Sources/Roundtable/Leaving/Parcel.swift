import Crypto
import Foundation
import Markup
import Storage

/// What is yours to take: a zip of one page to read and one file for programs, sealed with six words that the house
/// does not keep. Not even the keeper of the machine can open it.
struct Parcel: Sendable {
    /// How long it can be fetched before it is gone.
    static let kept = Duration.days(7)

    let id: ID<Parcel>
    let hash: String
    let sealed: [UInt8]
    let made: Moment

    var ends: Moment { made + Self.kept }

    /// Packs and seals what was gathered.
    init(
        _ gathered: [(table: String, leaves: [Leaf])], _ files: Files, with seal: Seal, _ t: Words, at now: Moment
    ) throws {
        id = .anonymous()
        hash = seal.hash
        made = now
        let (gathered, photographs) = Self.photographs(of: gathered, files)
        let zip = try Zip.file(
            of: [("read-me.html", Self.page(gathered, t).bytes), ("mine.json", try Self.json(gathered))] + photographs)
        sealed = Array(seal.salt + (try AES.GCM.seal(Data(zip), using: seal.key).combined!))
    }

    /// The files that belong to what was gathered, and what was gathered with their names in the zip.
    private static func photographs(
        of gathered: [(table: String, leaves: [Leaf])], _ files: Files
    ) -> ([(table: String, leaves: [Leaf])], [(name: String, bytes: [UInt8])]) {
        var found: [(name: String, bytes: [UInt8])] = []
        let named = gathered.map { table, leaves in
            let leaves = leaves.map { leaf -> Leaf in
                guard let bytes = leaf.file.flatMap({ files.read($0) }) else { return leaf }
                var leaf = leaf
                found.append(("photograph-\(found.count + 1).jpg", bytes))
                leaf.fields.append(("file", found.last!.name))
                return leaf
            }
            return (table: table, leaves: leaves)
        }
        return (named, found)
    }

    /// The zip, for whoever holds the words.
    static func open(_ sealed: [UInt8], with words: SixWords, work: Int) throws -> [UInt8] {
        let key = try words.parcelKey(salt: Data(sealed.prefix(Seal.saltLength)), work: work)
        return Array(try AES.GCM.open(AES.GCM.SealedBox(combined: sealed.dropFirst(Seal.saltLength)), using: key))
    }

    /// What seals one parcel. Making it takes a tenth of a second of work, so it is made before the transaction.
    struct Seal: Sendable {
        static let saltLength = 16
        let words: SixWords
        let hash: String
        let salt: Data
        let key: SymmetricKey

        init(_ house: House) throws {
            words = .random()
            hash = house.secret.hash(words.slug, for: Parcel.opening.kind)
            salt = Data((0..<Self.saltLength).map { _ in .random(in: .min ... .max) })
            key = try words.parcelKey(salt: salt, work: house.stretching)
        }
    }

    private static func json(_ gathered: [(table: String, leaves: [Leaf])]) throws -> [UInt8] {
        let things = Dictionary(
            uniqueKeysWithValues: gathered.map { table, leaves in
                (table, leaves.map { Dictionary($0.fields.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }) })
            })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(things))
    }

    /// One page that any browser opens, with nothing to fetch.
    private static func page(_ gathered: [(table: String, leaves: [Leaf])], _ t: Words) -> HTML {
        // words: parcel.table.*
        let sections = gathered.filter { !$0.leaves.isEmpty }.map { table, leaves -> HTML in
            "<h2>\(t("parcel.table.\(name(of: table))"))</h2>\(leaves.map { section($0, t) })"
        }
        return """
            <!doctype html>
            <html lang="\(t.language)" dir="\(t.direction)">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(t("parcel.title"))</title>
            <style>body { font: 1.15rem/1.5 sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; }
            dl { border-top: 1px solid; padding-top: .5rem; } dt { font-weight: bold; } dd { margin: 0 0 .5rem; white-space: pre-wrap; }</style>
            </head>
            <body><main><h1>\(t("parcel.title"))</h1>\(sections)</main></body>
            </html>

            """
    }

    /// A table's name as its sentence's key spells it: `set_aside` is `setAside`.
    static func name(of table: String) -> String {
        let parts = table.split(separator: "_")
        return parts.dropFirst().reduce(String(parts[0])) { $0 + $1.capitalized }
    }

    private static func section(_ leaf: Leaf, _ t: Words) -> HTML {
        // words: parcel.field.*
        "<dl>\(leaf.fields.map { "<dt>\(t("parcel.field.\($0.name)"))</dt><dd dir=\"auto\">\($0.value)</dd>" as HTML })</dl>"
    }
}

extension Writer {
    func keep(_ parcel: Parcel) throws {
        try run(
            """
            insert into parcel (id, hash, sealed, made, ends)
            values (\(parcel.id), \(parcel.hash), \(parcel.sealed), \(parcel.made), \(parcel.ends))
            """)
    }

    /// Parcels that were not fetched in time are gone.
    func clearParcels(at now: Moment) throws { try run("delete from parcel where ends <= \(now)") }
}

extension Reader {
    func parcel(withWords hash: String, at now: Moment) throws -> [UInt8]? {
        try one("select sealed from parcel where hash = \(hash) and ends > \(now)") { $0[0] }
    }
}

extension Parcel {
    static let opening = Opening(kind: "parcel") { hash, house, visit in
        let now = house.now()
        guard try await house.database.read({ try $0.parcel(withWords: hash, at: now) }) != nil else { return nil }
        let t = visit.t
        return Opening.Offer(
            title: t("parcel.opens.title"), text: paragraph(t("parcel.opens.text")), button: t("parcel.opens.button"))
    } open: { words, hash, house, request, visit in
        let now = house.now()
        guard let sealed = try await house.database.read({ try $0.parcel(withWords: hash, at: now) }) else {
            throw Missing()
        }
        return .file(
            try open(sealed, with: words, work: house.stretching), type: "application/zip", name: "roundtable-mine.zip")
    }
}
