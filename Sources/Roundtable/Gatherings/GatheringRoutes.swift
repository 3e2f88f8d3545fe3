import Foundation
import HTTPTypes
import Hummingbird
import Markup
import NIOCore
import Storage

/// Calling a gathering, changing it, saying who comes, and closing it.
struct GatheringRoutes: Sendable {
    let house: House

    /// Codes tried before saying that there is none: with half of all codes alive, one in a million finds none.
    static let mostCodesTried = 20

    /// GET /projects/:project/gatherings
    func list(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person) = (try context.id("project", of: Project.self), context.person.id)
        let (project, all) = try await house.database.read { db in
            let (project, _) = try db.project(id, seating: person)
            return (project, try db.gatherings(in: id))
        }
        return house.respond(gatheringsPage(project, all, at: house.now(), context.t), context.visit)
    }

    /// GET /projects/:project/gatherings/new
    func ask(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await asking(context)
    }

    private func asking(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person) = (try context.id("project", of: Project.self), context.person.id)
        let (project, _) = try await house.database.read { try $0.project(id, seating: person) }
        // Whom to tell is known already where the project says so.
        let usual = Form(["zone": house.settings.zone.identifier, "worried": project.worried])
        let typed = refusal == nil ? usual : context.form
        return house.respond(newGatheringPage(project, typed, context.visit, refusal), context.visit)
    }

    /// POST /projects/:project/gatherings: a code is made with it when the offer is on the table.
    func call(_ request: Request, _ context: PersonContext) async throws -> Response {
        do {
            let (id, person, now) = (try context.id("project", of: Project.self), context.person.id, house.now())
            let plan = try GatheringPlan(context.form)
            let once = context.form.id("once") ?? house.newID(Gathering.self)
            let (codes, form) = (freshCodes(), context.form)
            try await house.database.write { db in
                let (project, seat) = try db.project(id, seating: person)
                try db.mind(GatheringPlan.texts, of: form, in: id, by: seat.id)
                let gathering = Gathering(
                    id: once, project: id, caller: seat.id, plan: plan, asker: plan.question.isEmpty ? nil : seat.id,
                    isCovered: false, made: now, version: 1)
                guard try db.add(gathering) else { return }
                if project.laid != nil { try db.giveCode(to: once, of: codes, at: now) }
                try db.post(.gatheringChanged(gathering: once), in: id, at: now)
                try db.post(.lookBackAsked(gathering: once), in: id, at: now, notBefore: plan.ends.moment)
            }
            return .see("/gatherings/\(once.text)")
        } catch let refusal as Refusal {
            return try await asking(context, refusal)
        }
    }

    private func freshCodes() -> [Code] {
        var chance = SystemRandomNumberGenerator()
        return (0..<Self.mostCodesTried).map { _ in Code.random(using: &chance) }
    }

    /// GET /gatherings/:gathering
    func show(_ request: Request, _ context: PersonContext) async throws -> Response {
        try await showing(context)
    }

    private func showing(_ context: PersonContext, _ refusal: Refusal? = nil) async throws -> Response {
        let (id, person, now) = (try context.id("gathering", of: Gathering.self), context.person.id, house.now())
        let shown = try await house.database.read { db in
            let (gathering, project, seat) = try db.gathering(id, seating: person)
            let isOver = gathering.showsWhatWorked(at: now)
            let before = isOver ? nil : try db.gatheringBefore(gathering)
            let lookedAt = isOver ? gathering : before
            return ShownGathering(
                gathering: gathering, project: project, seat: seat,
                caller: try db.name(of: gathering.caller) ?? "",
                asker: try gathering.asker.flatMap { try db.name(of: $0) },
                coming: try db.coming(to: id),
                offer: project.laid == nil && seat.isMember ? try db.offer(of: project) : nil,
                before: before, looksBack: try lookedAt.map { try db.looksBack(on: .gathering($0)) } ?? [],
                steered: try db.steered(about: Concern.About(.gathering, id.text)))
        }
        return house.respond(gatheringPage(shown, at: house.now(), context.visit, refusal), context.visit)
    }

    /// POST /gatherings/:gathering/coming: one tap, changed as often as one likes.
    func come(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("gathering", of: Gathering.self), context.person.id, house.now())
        guard let answer = context.form.choice("coming", as: Coming.self) else { throw HTTPError(.badRequest) }
        do {
            try await house.database.write { db in
                let (gathering, _, seat) = try db.gathering(id, seating: person)
                guard gathering.isToCome(at: now) else { throw Refusal.gatheringOver }
                try db.say(answer, to: id, seat: seat.id, at: now)
            }
            return .see("/gatherings/\(id.text)#coming")
        } catch let refusal as Refusal {
            return try await showing(context, refusal)
        }
    }

    /// GET /gatherings/:gathering/plan: the form to change it with.
    func askChange(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (gathering, project) = try await forMember(context)
        let typed = Form(gathering.plan)
        return house.respond(
            changeGatheringPage(gathering, project, typed, version: gathering.version, context.visit), context.visit)
    }

    /// POST /gatherings/:gathering/plan. Two people changing one: the second sees what the first wrote, beside theirs.
    func change(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("gathering", of: Gathering.self), context.person.id, house.now())
        do {
            let plan = try GatheringPlan(context.form)
            let (form, seen) = (context.form, Int(context.form["version"]) ?? 0)
            try await house.database.write { db in
                let (gathering, project, seat) = try db.gathering(id, seating: person)
                guard seat.isMember else { throw Missing() }
                guard gathering.closed == nil, gathering.calledOff == nil else { throw Refusal.gatheringOver }
                // Sent twice, or changed to the same by two: nothing is left to do.
                guard gathering.plan != plan else { return }
                guard gathering.version == seen else { throw Refusal.changedMeanwhile }
                try db.mind(GatheringPlan.texts, of: form, in: project.id, by: seat.id)
                let asker = gathering.asker(of: plan.question, changedBy: seat)
                try db.change(gathering, to: plan, asker: asker)
                try db.post(.gatheringChanged(gathering: id), in: project.id, at: now)
                guard plan.ends != gathering.plan.ends else { return }
                try db.post(.lookBackAsked(gathering: id), in: project.id, at: now, notBefore: plan.ends.moment)
            }
            return .see("/gatherings/\(id.text)")
        } catch let refusal as Refusal {
            let (gathering, project) = try await forMember(context)
            // After a meeting of two changes the next press is made knowing the other's: its version goes along.
            let version =
                refusal == .changedMeanwhile ? gathering.version : Int(context.form["version"]) ?? gathering.version
            return house.respond(
                changeGatheringPage(gathering, project, context.form, version: version, context.visit, refusal),
                context.visit)
        }
    }

    private func forMember(_ context: PersonContext) async throws -> (Gathering, Project) {
        let (id, person) = (try context.id("gathering", of: Gathering.self), context.person.id)
        let (gathering, project, seat) = try await house.database.read { try $0.gathering(id, seating: person) }
        guard seat.isMember else { throw Missing() }
        return (gathering, project)
    }

    /// POST /gatherings/:gathering/called-off
    func callOff(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("gathering", of: Gathering.self), context.person.id, house.now())
        try await house.database.write { db in
            let (_, project, seat) = try db.gathering(id, seating: person)
            guard seat.isMember else { throw Missing() }
            guard try db.callOff(id, at: now) else { return }
            try db.post(.gatheringChanged(gathering: id), in: project.id, at: now)
        }
        return .see("/gatherings/\(id.text)")
    }

    /// POST /gatherings/:gathering/code: for one that was called before the offer was laid.
    func giveCode(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("gathering", of: Gathering.self), context.person.id, house.now())
        let codes = freshCodes()
        do {
            try await house.database.write { db in
                let (gathering, project, seat) = try db.gathering(id, seating: person)
                guard seat.isMember else { throw Missing() }
                guard project.laid != nil else { throw Refusal.codeWaits }
                guard gathering.hear(at: now) == .open else { throw Refusal.gatheringOver }
                try db.giveCode(to: id, of: codes, at: now)
            }
            return .see("/gatherings/\(id.text)#code")
        } catch let refusal as Refusal {
            return try await showing(context, refusal)
        }
    }

    /// POST /gatherings/:gathering/closing: its code dies at once; what is being typed is still taken for a day.
    func close(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person, now) = (try context.id("gathering", of: Gathering.self), context.person.id, house.now())
        try await house.database.write { db in
            let (gathering, project, seat) = try db.gathering(id, seating: person)
            guard gathering.mayClose(seat) else { throw Missing() }
            try db.close(id, at: now)
            guard gathering.closed == nil, gathering.calledOff == nil else { return }
            try db.post(.lookBackAsked(gathering: id), in: project.id, at: now)
            let (closed, _, _) = try db.gathering(id, seating: person)
            try db.showLooksBack(on: .gathering(closed), at: now)
        }
        return .see("/gatherings/\(id.text)")
    }

    /// POST /gatherings/:gathering/steered: by anybody who may read its page, a guest too.
    func steer(_ request: Request, _ context: PersonContext) async throws -> Response {
        do {
            let (id, person, now) = (try context.id("gathering", of: Gathering.self), context.person.id, house.now())
            let (form, language) = (context.form, context.t.language)
            let once = form.id("once", of: Concern.self) ?? house.newID()
            try await house.database.write { db in
                let (_, _, seat) = try db.gathering(id, seating: person)
                let typed = try Concern.steered(form)
                try db.mind(["steered"], of: form, in: seat.project, by: seat.id)
                try db.raise(
                    typed, about: Concern.About(.gathering, id.text), as: once, by: seat,
                    language: language, at: now)
            }
            return .see("/gatherings/\(id.text)#feels-steered")
        } catch let refusal as Refusal {
            return try await showing(context, refusal)
        }
    }

    /// GET /gatherings/:gathering/calendar.ics
    func calendar(_ request: Request, _ context: PersonContext) async throws -> Response {
        let (id, person) = (try context.id("gathering", of: Gathering.self), context.person.id)
        let (gathering, _, _) = try await house.database.read { try $0.gathering(id, seating: person) }
        let file = gathering.calendar(at: house.now(), address: house.settings.address)
        return .file(Array(file.utf8), type: "text/calendar; charset=utf-8", name: "gathering.ics")
    }
}

extension Gathering {
    /// Whoever last worded the question asks it.
    func asker(of question: String, changedBy seat: Seat) -> ID<Seat>? {
        question.isEmpty ? nil : question == self.question ? asker : seat.id
    }
}

extension Form {
    /// A plan as its form would send it.
    init(_ plan: GatheringPlan) {
        let last = plan.ends.day == plan.starts.day ? "" : plan.ends.day.text
        self.init([
            "kind": plan.kind.rawValue, "name": plan.name, "day": plan.starts.day.text, "start": plan.starts.clock,
            "end": plan.ends.clock, "last-day": last, "zone": plan.starts.zone.identifier, "place": plan.place,
            "plan": plan.plan, "who": plan.who, "access": plan.access, "worried": plan.worried,
            "question": plan.question,
        ])
    }
}

/// What the page of a gathering needs.
struct ShownGathering: Sendable {
    let gathering: Gathering
    let project: Project
    let seat: Seat
    let caller: String
    let asker: String?
    let coming: [(seat: ID<Seat>, name: String, answer: Coming)]
    /// Only while no code can be made, to say what is missing.
    let offer: Offer?
    /// The one before, while this one is to come; and what worked, then or now.
    let before: Gathering?
    let looksBack: [LookBack]
    let steered: [Concern]

    func count(_ answer: Coming) -> Int { coming.count { $0.answer == answer } }
    /// Somebody who brings somebody is two.
    var chairs: Int { count(.coming) + 2 * count(.bringing) }
}
