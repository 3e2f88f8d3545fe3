import Foundation
import Storage

extension Gathering {
    static let belongings = [
        Belonging("contribution", .asWished) { leaver, db in
            try db.all(
                """
                select words, said, language, shared is not null, signed from contribution
                where \(leaver.gave) and taken_back is null order by said
                """
            ) { row in
                Leaf([
                    "words": row[0], "when": (row[1] as Moment).written, "language": row[2],
                    "shared": row[3] ? "yes" : "no", "signed": row[4] ? "yes" : "no",
                ])
            }
        } release: { leaver, db in
            try db.letGoOfContributions(of: leaver)
        },
        // A name that anyone could read goes with the rest of the names, and words that are taken back
        // are nobody's to read.
        Belonging("consent", .asWished) { leaver, db in
            try db.all(
                """
                select contribution.words, consent.name, consent.given from consent
                join contribution on contribution.id = consent.contribution
                where \(leaver.gave) and consent.ended is null order by consent.given
                """
            ) { row in Leaf(["words": row[0], "name": row[1], "when": (row[2] as Moment).written]) }
        } release: { leaver, db in
            try db.run(
                """
                update consent set ended = \(leaver.now), name = '' where ended is null and contribution in (
                    select id from contribution where \(leaver.gave) and taken_back is not null)
                """)
            let named: [ID<Contribution>] = try db.all(
                """
                select contribution.id from consent join contribution on contribution.id = consent.contribution
                where \(leaver.gave) and consent.name <> ''
                """
            ) { $0[0] }
            let unsigned = named.filter { leaver.wish(for: $0) == .unsigned }
            try db.run("update consent set name = '' where contribution in \(list: unsigned)")
        },
        // With a card it is theirs like anything else that they said. With nothing it is nobody's, and stays.
        Belonging("look_back", .asWished) { leaver, db in
            try db.all(
                """
                select gathering.name, look_back.worked, look_back.did_not, look_back.said, project.name
                from look_back left join gathering on gathering.id = look_back.gathering
                left join project on project.id = look_back.project
                where look_back.seat in \(list: leaver.seats) order by look_back.said
                """
            ) { row in
                Leaf([
                    "gathering": row[0], "project": row[4], "worked": row[1], "didNot": row[2],
                    "when": (row[3] as Moment?).map(\.written),
                ])
            }
        } release: { leaver, db in
            // What was said of a project as it ended was for those who were there: now nobody could read it.
            try db.run("delete from look_back where project = \(leaver.ending)")
            guard leaver.wish == .takenBack else { return }
            try db.run(
                """
                delete from look_back where seat in \(list: leaver.seats)
                    or gathering in (select id from gathering where project = \(leaver.ending))
                """)
        },
        // That they answered with nothing goes with them: it held them to one answer, and leads to none.
        Belonging("looked_back", .untilGone) { leaver, db in
            try db.all(
                """
                select gathering.name from looked_back join gathering on gathering.id = looked_back.gathering
                where looked_back.seat in \(list: leaver.seats) order by gathering.starts
                """
            ) { row in Leaf(["gathering": row[0]]) }
        } release: { leaver, db in
            try db.run("delete from looked_back where seat in \(list: leaver.seats)")
        },
        // The same by a receipt that was on paper at first, and that they have taken a seat with since.
        Belonging("looked_back_receipt", .untilGone) { leaver, db in
            try db.all(
                """
                select gathering.name from looked_back_receipt
                join gathering on gathering.id = looked_back_receipt.gathering
                where looked_back_receipt.receipt in \(leaver.cards) order by gathering.starts
                """
            ) { row in Leaf(["gathering": row[0]]) }
        } release: { leaver, db in
            try db.run("delete from looked_back_receipt where receipt in \(leaver.cards)")
        },
        Belonging("looked_back_project", .untilGone) { leaver, db in
            try db.all(
                """
                select project.name from looked_back_project join project on project.id = looked_back_project.project
                where looked_back_project.seat in \(list: leaver.seats) order by project.began
                """
            ) { row in Leaf(["project": row[0]]) }
        } release: { leaver, db in
            try db.run("delete from looked_back_project where seat in \(list: leaver.seats)")
        },
        // They go with the words that they came with.
        Belonging("picture", .asWished) { leaver, db in
            try db.all(
                """
                select contribution.said, picture.large from picture
                join contribution on contribution.id = picture.contribution
                where \(leaver.gave) order by contribution.said
                """
            ) { row in Leaf(["when": (row[0] as Moment).written], file: row[1]) }
        },
        Belonging("gathering", .unnamed) { leaver, db in
            try db.all("select name, starts_at from gathering where seat in \(list: leaver.seats) order by starts") {
                row in
                Leaf(["name": row[0], "when": row[1]])
            }
        },
        // How many will come is the group's to know; that this person had said so goes with them.
        Belonging("coming", .untilGone) { leaver, db in
            try db.all(
                """
                select gathering.name, coming.answer from coming join gathering on gathering.id = coming.gathering
                where coming.seat in \(list: leaver.seats) order by gathering.starts
                """
            ) { row in Leaf(["gathering": row[0], "answer": row[1]]) }
        } release: { leaver, db in
            try db.run("delete from coming where seat in \(list: leaver.seats)")
        },
        // Met or not, it was theirs to say; what is counted of it is counted while they are here.
        Belonging("need_met", .untilGone) { leaver, db in
            try db.all(
                """
                select need.words, gathering.name, need_met.met from need_met join need on need.id = need_met.need
                join gathering on gathering.id = need_met.gathering
                where need_met.seat in \(list: leaver.seats) order by gathering.starts
                """
            ) { row in Leaf(["words": row[0], "gathering": row[1], "met": row[2] ? "yes" : "no"]) }
        } release: { leaver, db in
            try db.run("delete from need_met where seat in \(list: leaver.seats)")
        },
        Belonging("need", .untilGone) { leaver, db in
            guard let person = leaver.person else { return [] }
            return try db.all("select words, added from need where person = \(person) order by added") { row in
                Leaf(["words": row[0], "since": (row[1] as Moment).written])
            }
        } release: { leaver, db in
            guard let person = leaver.person else { return }
            try db.run("delete from need_met where need in (select id from need where person = \(person))")
            try db.run("delete from need where person = \(person)")
        },
        Belonging("chair", .unnamed) { leaver, db in
            try db.all(
                """
                select gathering.name, chair.came from chair join gathering on gathering.id = chair.gathering
                where chair.seat in \(list: leaver.seats) order by chair.came
                """
            ) { row in Leaf(["gathering": row[0], "when": (row[1] as Moment).written]) }
        },
        // The words of a receipt go on opening what was said and what became of it.
        Belonging("receipt", .unnamed) { leaver, db in
            try db.all("select number, made from receipt where seat in \(list: leaver.seats) order by made") { row in
                Leaf(["number": (row[0] as Int?).map { String($0) }, "when": (row[1] as Moment).written])
            }
        },
        Belonging("thanks", .asWished) { leaver, db in
            try db.all("select words, said from thanks where seat in \(list: leaver.seats) order by said") { row in
                Leaf(["words": row[0], "when": (row[1] as Moment).written])
            }
        } release: { leaver, db in
            guard leaver.wish == .takenBack else { return }
            try db.run("update thanks set words = '' where seat in \(list: leaver.seats)")
        },
        // The reason is whoever's set the words aside; what was said to it is the giver's own.
        Belonging("set_aside", .asWished) { leaver, db in
            let theirs: SQL = "set_aside.contribution in (select id from contribution where \(leaver.gave))"
            return try db.all(
                """
                select case when seat in \(list: leaver.seats) then reason else '' end,
                    case when \(theirs) then reply else '' end, began
                from set_aside
                where seat in \(list: leaver.seats) or second in \(list: leaver.seats) or \(theirs) order by began
                """
            ) { row in Leaf(["reason": row[0], "reply": row[1], "when": (row[2] as Moment).written]) }
        } release: { leaver, db in
            try db.run(
                """
                update set_aside set reply = '' where contribution in (
                    select id from contribution where \(leaver.gave) and taken_back is not null)
                """)
            guard leaver.wish == .takenBack else { return }
            try db.run("update set_aside set reason = '' where seat in \(list: leaver.seats)")
        },
    ]
}

extension Writer {
    /// Does with each piece what its giver wishes. What was never shared goes, whatever they wish: nobody else has
    /// seen it, and it is in their parcel. What had no name is left as it was: that it moved would tell whose it is.
    fileprivate func letGoOfContributions(of leaver: Leaver) throws {
        let pieces = try all(
            """
            select id, shared is null, signed, exists (select 1 from picture where picture.contribution = contribution.id)
            from contribution where \(leaver.gave) and taken_back is null
            """
        ) { row in
            (
                id: row[0] as ID<Contribution>, isPrivate: row[1] as Bool, isSigned: row[2] as Bool,
                isPictured: row[3] as Bool
            )
        }
        for piece in pieces {
            switch piece.isPrivate ? .takenBack : leaver.wish(for: piece.id) {
            case .withMyName: continue
            case .unsigned:
                guard piece.isSigned else { continue }
                try run("update contribution set signed = 0, changed = \(nextChange()) where id = \(piece.id)")
            case .takenBack:
                try run(
                    """
                    update contribution set words = '', signed = 0, on_wall = 0, taken_back = \(leaver.now),
                        changed = \(nextChange()), version = version + 1
                    where id = \(piece.id)
                    """)
                if piece.isPictured { try letGoOfPicture(of: piece.id, at: leaver.now) }
            }
        }
    }
}
