import Foundation
import Storage

extension Promise {
    static let belongings = [
        Belonging("ask", .unnamed) { leaver, db in
            try db.all("select words, drawn from ask where seat in \(list: leaver.seats) order by drawn") { row in
                Leaf(["words": row[0], "when": (row[1] as Moment).written])
            }
        },
        // What somebody objected stands beside the ask, unless they take it back.
        Belonging("ask_source", .asWished) { leaver, db in
            try db.all(
                """
                select ask_source.objection, ask_source.answered from ask_source
                join contribution on contribution.id = ask_source.contribution
                where \(leaver.gave) and ask_source.answered is not null
                order by ask_source.answered
                """
            ) { row in Leaf(["words": row[0], "when": (row[1] as Moment).written]) }
        } release: { leaver, db in
            try db.run(
                """
                update ask_source set objection = '', means = null where contribution in (
                    select id from contribution where \(leaver.gave) and taken_back is not null)
                """)
        },
        Belonging("also", .asWished) { leaver, db in
            try db.all(
                """
                select ask.words, also.said from also join ask on ask.id = also.ask
                where also.seat in \(list: leaver.seats) or also.receipt in \(leaver.cards) order by also.said
                """
            ) { row in Leaf(["ask": row[0], "when": (row[1] as Moment).written]) }
        } release: { leaver, db in
            guard leaver.wish == .takenBack else { return }
            try db.run("delete from also where seat in \(list: leaver.seats) or receipt in \(leaver.cards)")
        },
        Belonging("putting", .unnamed) { leaver, db in
            try db.all(
                """
                select ask.words, putting.put from putting join ask on ask.id = putting.ask
                where putting.to_seat in \(list: leaver.seats) order by putting.put
                """
            ) { row in Leaf(["ask": row[0], "when": (row[1] as Moment).written]) }
        } release: { leaver, db in
            // An ask that waits for somebody who has gone waits for nobody: it can be put to somebody else.
            try db.run(
                """
                update putting set outcome = 'left', settled = \(leaver.now)
                where to_seat in \(list: leaver.seats) and (outcome is null or outcome = 'accepted')
                """)
        },
        Belonging("answer", .unnamed) { leaver, db in
            try db.all("select words, said from answer where seat in \(list: leaver.seats) order by said") { row in
                Leaf(["words": row[0], "when": (row[1] as Moment).written])
            }
        },
        // A promise belongs to the project. It is nobody's, and says so, until somebody takes it up.
        Belonging("promise", .unnamed) { leaver, db in
            try db.all(
                """
                select answer.words, promise.due from promise join answer on answer.id = promise.answer
                where promise.owner in \(list: leaver.seats) order by promise.due
                """
            ) { row in Leaf(["words": row[0], "due": row[1]]) }
        } release: { leaver, db in
            let left = try db.all(
                """
                select promise.id, ask.project from promise join ask on ask.id = promise.ask
                where promise.owner in \(list: leaver.seats) and promise.ended is null
                """
            ) { row in (row[0] as ID<Promise>, row[1] as ID<Project>) }
            try db.run("update promise set owner = null, version = version + 1 where owner in \(list: leaver.seats)")
            for (promise, project) in left { try db.post(.promiseLeft(promise: promise), in: project, at: leaver.now) }
        },
        Belonging("step", .unnamed) { leaver, db in
            try db.all(
                """
                select words, taken from step where seat in \(list: leaver.seats) or receipt in \(leaver.cards)
                order by taken
                """
            ) { row in
                Leaf(["words": row[0], "when": (row[1] as Moment).written])
            }
        },
        Belonging("witness", .asWished) { leaver, db in
            try db.all(
                """
                select words, reached, said from witness where seat in \(list: leaver.seats)
                    or receipt in \(leaver.cards) order by said
                """
            ) { row in
                Leaf(["words": row[0], "reached": row[1] ? "yes" : "no", "when": (row[2] as Moment).written])
            }
        } release: { leaver, db in
            guard leaver.wish == .takenBack else { return }
            try db.run(
                "update witness set words = '' where seat in \(list: leaver.seats) or receipt in \(leaver.cards)")
        },
        Belonging("change", .unnamed) { leaver, db in
            try db.all("select words, day from change where seat in \(list: leaver.seats) order by logged") { row in
                Leaf(["words": row[0], "when": row[1]])
            }
        },
    ]
}
