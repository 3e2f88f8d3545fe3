import Foundation
import Storage

extension MailAddress {
    static let belongings = [
        Belonging("mail_address", .untilGone) { leaver, db in
            guard let person = leaver.person else { return [] }
            return try db.all("select asked, proven, address from mail_address where person = \(person)") { row in
                Leaf([
                    "address": leaver.secret.flatMap { MailAddress.open(row[2], $0) },
                    "since": (row[0] as Moment).written, "proven": (row[1] as Moment?)?.written,
                ])
            }
        } release: { leaver, db in
            if let person = leaver.person { try db.run("delete from mail_address where person = \(person)") }
        }
    ]
}
