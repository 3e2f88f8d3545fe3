import Foundation
import Storage

extension Project {
    static let belongings = [
        Belonging("unwelcome", .untilGone) { leaver, db in
            try db.all(
                """
                select words, added from unwelcome where \(leaver.theirs) order by added
                """
            ) { row in Leaf(["words": row[0], "since": (row[1] as Moment).written]) }
        } release: { leaver, db in
            try db.run("delete from unwelcome where \(leaver.theirs)")
        },
        Belonging("side", .untilGone) { leaver, db in
            try db.all("select side from side where seat in \(list: leaver.seats) order by seat") { row in
                Leaf(["side": row[0]])
            }
        } release: { leaver, db in
            try db.run("delete from side where seat in \(list: leaver.seats)")
        },
        Belonging("seat", .asWished) { leaver, db in
            try db.all(
                """
                select project.name, seat.name, seat.taken from seat join project on project.id = seat.project
                where seat.id in \(list: leaver.seats) order by seat.taken
                """
            ) { row in
                Leaf(["project": row[0], "name": row[1], "since": (row[2] as Moment).written])
            }
        } release: { leaver, db in
            try db.keepNames(of: leaver)
            let convened = try db.all(
                "select \(Seat.columns) from seat where id in \(list: leaver.seats) and convenes = 1 and gone is null"
            ) { Seat(row: $0) }
            for seat in convened { try db.stopConvening(seat, at: leaver.now) }
            for seat in leaver.seats {
                try db.run(
                    """
                    update seat set person = null, asked_to_convene = null, gone = coalesce(gone, \(leaver.now))
                    where id = \(seat)
                    """)
                if leaver.wish != .withMyName { try db.run("update seat set name = '' where id = \(seat)") }
            }
            // What they wrote down for others says their name too.
            guard leaver.wish != .withMyName else { return }
            try db.run(
                """
                update contribution set changed = \(db.nextChange())
                where scribe in \(list: leaver.seats) and shared is not null and taken_back is null
                """)
        },
        Belonging("concern", .asWished) { leaver, db in
            try db.all(
                "select organisation, words, said from concern where seat in \(list: leaver.seats) order by said"
            ) { row in
                Leaf(["organisation": row[0], "words": row[1], "when": (row[2] as Moment).written])
            }
        } release: { leaver, db in
            // That something was said to feel steered stays, and so do its answers.
            guard leaver.wish == .takenBack else { return }
            try db.run("update concern set words = '' where seat in \(list: leaver.seats) and kind = 'steered'")
        },
        Belonging("concern_reply", .unnamed) { leaver, db in
            try db.all("select words, said from concern_reply where seat in \(list: leaver.seats) order by said") {
                row in
                Leaf(["words": row[0], "when": (row[1] as Moment).written])
            }
        },
        Belonging("project_end", .unnamed) { leaver, db in
            try db.all("select day, said from project_end where seat in \(list: leaver.seats) order by said") { row in
                Leaf(["name": row[0], "when": (row[1] as Moment).written])
            }
        },
        Belonging("project_safety", .unnamed) { leaver, db in
            try db.all("select words, said from project_safety where seat in \(list: leaver.seats) order by said") {
                row in
                Leaf(["words": row[0], "when": (row[1] as Moment).written])
            }
        },
        // Whoever was invited was invited by the group; the words stop with the one who gave them out.
        Belonging("invitation", .unnamed) { leaver, db in
            try db.all("select made from invitation where seat in \(list: leaver.seats) order by made") { row in
                Leaf(["when": (row[0] as Moment).written])
            }
        } release: { leaver, db in
            try db.run(
                """
                update invitation set ended = \(leaver.now) where seat in \(list: leaver.seats) and ended is null
                """)
        },
        // A card stays on the table and bears nobody's name until somebody else takes it up.
        Belonging("card", .unnamed) { leaver, db in
            try db.all("select words from card where owner in \(list: leaver.seats) order by laid") { row in
                Leaf(["words": row[0]])
            }
        } release: { leaver, db in
            try db.run(
                """
                update card set owner = null, accepted = null where owner in \(list: leaver.seats)
                """)
        },
        Belonging("card_wording", .unnamed) { leaver, db in
            try db.all("select words, written from card_wording where seat in \(list: leaver.seats) order by written") {
                row in
                Leaf(["words": row[0], "when": (row[1] as Moment).written])
            }
        },
        Belonging("act", .unnamed) { leaver, db in
            try db.all("select kind, opened from act where seat in \(list: leaver.seats) order by opened") { row in
                Leaf(["kind": row[0], "when": (row[1] as Moment).written])
            }
        },
        Belonging("card_change", .unnamed) { leaver, db in
            try db.all(
                """
                select card_change.words, act.opened from card_change join act on act.id = card_change.id
                where act.seat in \(list: leaver.seats) order by act.opened
                """
            ) { row in
                Leaf(["words": row[0], "when": (row[1] as Moment).written])
            }
        },
        // What two people agreed stays agreed; a key to something still open counts no more (`Key.isHere`).
        Belonging("key", .unnamed) { leaver, db in
            try db.all("select side, yes, turned from key where seat in \(list: leaver.seats) order by turned") { row in
                Leaf(["side": row[0], "yes": row[1] ? "yes" : "no", "when": (row[2] as Moment).written])
            }
        },
        // What anyone may read is the project's own, and nobody's who turned a key.
        Belonging("publication", .unnamed),
        Belonging("notice", .untilGone) { leaver, db in
            try db.all("select kind, told from notice where seat in \(list: leaver.seats) order by told") { row in
                Leaf(["kind": row[0], "when": (row[1] as Moment).written])
            }
        } release: { leaver, db in
            try db.run("delete from notice where seat in \(list: leaver.seats)")
        },
    ]
}

extension Leaver {
    /// Of rows with a person and perhaps a seat: those for the seats that they leave; all, when they leave the house.
    fileprivate var theirs: SQL { "(person = \(person?.text ?? "") or seat in \(list: seats))" }
}

extension Writer {
    /// Puts the pieces that keep their name, when the rest goes unsigned, on a seat that holds nothing but the name.
    /// The receipt goes on opening them.
    fileprivate func keepNames(of leaver: Leaver) throws {
        guard leaver.wish != .withMyName else { return }
        let named = leaver.pieces.filter { $0.value == .withMyName }.map(\.key)
        for seat in leaver.seats {
            let pieces = try all(
                """
                select id from contribution where id in \(list: named) and taken_back is null
                and (seat = \(seat) or receipt in (select id from receipt where seat = \(seat)))
                """
            ) { $0[0] as String }
            guard !pieces.isEmpty else { continue }
            let nameplate = ID<Seat>.signed(at: leaver.now)
            try run(
                """
                insert into seat (id, project, person, name, member, convenes, taken, gone)
                select \(nameplate), project, null, name, member, 0, taken, \(leaver.now) from seat where id = \(seat)
                """)
            try run(
                """
                update contribution set seat = \(nameplate), receipt = (select id from receipt where seat = \(seat))
                where id in \(list: pieces)
                """)
        }
    }
}
