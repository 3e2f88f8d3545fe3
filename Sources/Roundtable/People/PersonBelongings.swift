import Foundation
import Storage

extension Person {
    static let belongings = [
        Belonging("person", .untilGone) { leaver, db in
            guard let person = leaver.person else { return [] }
            return try db.all("select name, language, arrived from person where id = \(person)") { row in
                Leaf(["name": row[0], "language": row[1], "since": (row[2] as Moment).written])
            }
        },
        Belonging("device", .untilGone) { leaver, db in
            guard let person = leaver.person else { return [] }
            return try db.all("select arrived from device where person = \(person) order by arrived") { row in
                Leaf(["since": (row[0] as Moment).written])
            }
        } release: { leaver, db in
            if let person = leaver.person { try db.run("delete from device where person = \(person)") }
        },
        Belonging("pass", .untilGone) { leaver, db in
            guard let person = leaver.person else { return [] }
            return try db.all("select made from pass where person = \(person)") { row in
                Leaf(["since": (row[0] as Moment).written])
            }
        } release: { leaver, db in
            if let person = leaver.person { try db.run("delete from pass where person = \(person)") }
        },
        Belonging("keeper", .untilGone) { leaver, db in
            guard let person = leaver.person else { return [] }
            return try db.all("select since from keeper where person = \(person)") { row in
                Leaf(["since": (row[0] as Moment).written])
            }
        } release: { leaver, db in
            if let person = leaver.person { try db.run("delete from keeper where person = \(person)") }
        },
        // What a keeper did about complaints stays on the record, and names them no more.
        Belonging("complaint_entry", .unnamed) { leaver, db in
            guard let person = leaver.person else { return [] }
            return try db.all(
                "select words, said from complaint_entry where person = \(person) order by said"
            ) { row in Leaf(["words": row[0], "when": (row[1] as Moment).written]) }
        } release: { leaver, db in
            guard let person = leaver.person else { return }
            try db.run("update complaint_entry set person = null where person = \(person)")
        },
    ]
}
