import Foundation
import Storage

/// Something that a room keeps which can lead to a person, what of it is theirs to take, and what becomes of it
/// when they go.
///
/// A test asks the schema for every table from which foreign keys lead to `person`, through seats and receipts and
/// whatever else: each must be claimed by one belonging, or the build fails.
struct Belonging: Sendable {
    let table: String
    /// What becomes of it when they go, as they are told beforehand.
    let stay: Stay
    /// What is theirs in it, to be taken along.
    let gather: @Sendable (Leaver, Reader) throws -> [Leaf]
    /// What becomes of it. Rows that stay refer to a seat that no longer leads to anybody.
    let release: @Sendable (Leaver, Writer) throws -> Void

    init(
        _ table: String, _ stay: Stay,
        gather: @escaping @Sendable (Leaver, Reader) throws -> [Leaf] = { _, _ in [] },
        release: @escaping @Sendable (Leaver, Writer) throws -> Void = { _, _ in }
    ) {
        self.table = table
        self.stay = stay
        self.gather = gather
        self.release = release
    }
}

/// How long something is kept.
enum Stay: String, Sendable, CaseIterable {
    /// Until they go.
    case untilGone
    /// They choose, when they go.
    case asWished
    /// It stays with the group, and leads to them no more.
    case unnamed
}

/// Somebody on their way out, of one project or of the house, and what they want done with their words.
struct Leaver: Sendable {
    /// Nothing when they leave a project only, and keep their place in the house.
    let person: ID<Person>?
    let seats: [ID<Seat>]
    let wish: Wish
    /// What they want otherwise for a piece.
    let pieces: [ID<Contribution>: Wish]
    let now: Moment
    /// Receipts that were theirs, where a copy of the house may not know it yet (`LettingGoAgain`).
    var receipts: [ID<Receipt>] = []
    /// The project that ends, with everything that anybody gave there.
    var ending: ID<Project>? = nil
    /// Opens what is sealed of theirs, where it is shown to them.
    var secret: Secret? = nil

    /// The receipts that are theirs, to stand after `in`: a card on paper may have become their seat's.
    var cards: SQL {
        ending.map { "(select id from receipt where project = \($0))" }
            ?? "(select id from receipt where seat in \(list: seats) or id in \(list: receipts))"
    }

    /// Which contributions they gave, by seat or by receipt.
    var gave: SQL {
        ending.map { "contribution.project = \($0)" }
            ?? """
            (contribution.seat in \(list: seats) or contribution.receipt in \(cards)
                or contribution.shared is not null
                    and contribution.seat in (select seat from receipt where id in \(list: receipts)))
            """
    }

    func wish(for piece: ID<Contribution>) -> Wish { pieces[piece] ?? wish }
}

/// What someone leaving would like done with their words.
enum Wish: String, Sendable, CaseIterable {
    case withMyName, unsigned, takenBack
}

/// One thing of somebody's, as names and values that a person and a program can both read.
struct Leaf: Sendable {
    var fields: [(name: String, value: String)]
    /// The house's own file that belongs to it, by its name there.
    let file: String?

    /// Fields with nothing in them are left out.
    init(_ fields: KeyValuePairs<String, String?>, file: String? = nil) {
        self.fields = fields.compactMap { name, value in value.flatMap { $0.isEmpty ? nil : (name, $0) } }
        self.file = file
    }
}

extension Moment {
    /// As a parcel writes it (ISO 8601, UTC), for people and programs years from now.
    var written: String { date.formatted(.iso8601) }
}
