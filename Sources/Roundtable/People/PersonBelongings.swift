import Foundation
import Storage

extension Person {
    static let belongings = [
        Belonging("person") { leaver, db in
            guard let person = leaver.person else { return [] }
            return try db.all("select name, language, arrived from person where id = \(person)") { row in
                Leaf(["name": row[0], "language": row[1], "since": (row[2] as Moment).written])
            }
        },
        Belonging("device") { leaver, db in
            guard let person = leaver.person else { return [] }
            return try db.all("select arrived from device where person = \(person) order by arrived") { row in
                Leaf(["since": (row[0] as Moment).written])
            }
        } release: { leaver, db in
            if let person = leaver.person { try db.run("delete from device where person = \(person)") }
        },
        Belonging("pass") { leaver, db in
            guard let person = leaver.person else { return [] }
            return try db.all("select made from pass where person = \(person)") { row in
                Leaf(["since": (row[0] as Moment).written])
            }
        } release: { leaver, db in
            if let person = leaver.person { try db.run("delete from pass where person = \(person)") }
        },
        Belonging("keeper") { leaver, db in
            guard let person = leaver.person else { return [] }
            return try db.all("select since from keeper where person = \(person)") { row in
                Leaf(["since": (row[0] as Moment).written])
            }
        } release: { leaver, db in
            if let person = leaver.person { try db.run("delete from keeper where person = \(person)") }
        },
    ]
}
