import Foundation
import Storage

extension Reader {
    /// When a project ends; nothing while nobody has said.
    func end(of project: ID<Project>) throws -> ProjectEnd? {
        try one("select day, how, told, ended from project_end where project = \(project)") { row in
            ProjectEnd(
                day: row[0], how: ProjectEnd.How(rawValue: row[1]) ?? .unsigned, told: row[2], ended: row[3])
        }
    }

    /// Projects whose day has passed, and of which everybody was told in time.
    func projectsToEnd(at now: Moment) throws -> [(ID<Project>, ProjectEnd.How)] {
        try all(
            """
            select project, how from project_end
            where ended is null and day < \(Day(now, in: .gmt)) and told <= \(now - ProjectEnd.notice) order by day
            """
        ) { row in (row[0], ProjectEnd.How(rawValue: row[1]) ?? .unsigned) }
    }
}

extension Writer {
    /// Sets or moves the day. Every seat is told, and it is noted: a backup put back forgets no last day.
    func set(_ end: ProjectEnd, of project: ID<Project>, by seat: ID<Seat>, at now: Moment) throws {
        try keep(end, of: project, by: seat, at: now)
        try note(.ends, of: project, how: "\(end.day.text);\(end.how.rawValue);\(seat.text)", at: now)
        guard end.day > Day(now + ProjectEnd.notice, in: .gmt) else { return try tellOfEnds(at: now) }
        try post(.projectEnds(project: project), in: project, at: now)
    }

    /// Sets the day as it was noted. Neither the project nor the seat may have been there yet in what was put back.
    func setAgain(_ end: ProjectEnd, of project: ID<Project>, by seat: ID<Seat>?, at now: Moment) throws {
        let there: ID<Seat>? = try one(
            """
            select id from seat where project = \(project)
            order by case when id = \(seat) then 0 else 1 end, taken, id limit 1
            """
        ) { $0[0] }
        if let there { try keep(end, of: project, by: there, at: now) }
    }

    private func keep(_ end: ProjectEnd, of project: ID<Project>, by seat: ID<Seat>, at now: Moment) throws {
        try run(
            """
            insert into project_end (project, day, how, seat, said)
            values (\(project), \(end.day), \(end.how.rawValue), \(seat), \(now))
            on conflict (project) do update set day = excluded.day, how = excluded.how, seat = excluded.seat,
                said = excluded.said, told = null
            """)
    }

    /// Tells every seat of the projects whose day is near, and asks them what worked and what didn't.
    func tellOfEnds(at now: Moment) throws {
        let near: [ID<Project>] = try all(
            """
            select project from project_end
            where told is null and ended is null and day <= \(Day(now + ProjectEnd.notice, in: .gmt))
            """
        ) { $0[0] }
        for project in near {
            try post(.projectEnds(project: project), in: project, at: now)
            try post(.endLookBackAsked(project: project), in: project, at: now)
        }
        try run("update project_end set told = \(now) where project in \(list: near)")
    }

    func markEnded(_ project: ID<Project>, at now: Moment) throws {
        try run("update project_end set ended = \(now) where project = \(project)")
    }
}
