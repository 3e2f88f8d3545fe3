import Logging
import ServiceLifecycle
import Storage

/// What becomes due with time, whether or not anybody opens a page: every room's chores, in order.
///
/// A chore looks for what is due and does it, in one transaction; doing it a second time finds nothing. So it does no
/// harm that several processes on one database all look, or that one is stopped in the middle.
struct Housekeeping: Service {
    let house: House

    struct Chore: Sendable {
        /// What the log calls it.
        let name: String
        let work: @Sendable (Writer, Moment) throws -> Void
    }

    static let chores = [
        Chore(name: "parcels") { db, now in try db.clearParcels(at: now) },
        Chore(name: "complaints") { db, now in try db.clearComplaints(at: now) },
        Chore(name: "ends near") { db, now in try db.tellOfEnds(at: now) },
        Chore(name: "looking back") { db, now in try db.showLooksBackOfEnds(at: now) },
    ]

    /// Nothing here is due to the minute.
    static let rest = Duration.minutes(10)

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                await doAll()
                try await Task.sleep(for: Self.rest)
            }
        }
    }

    /// Does every chore, ends what has come to its end before those who watch, and sweeps the files. One that fails
    /// keeps no other from being done, and is tried again next time.
    func doAll() async {
        let now = house.now()
        for chore in Self.chores {
            await trying(chore.name) { try await house.database.write { try chore.work($0, now) } }
        }
        await trying("ends") {
            house.tellLive(try await house.database.write { try Leaving.endProjects(at: now, $0) })
            try await house.letGo?.catchUp(with: house.database)
        }
        await trying("files") { try await house.sweepFiles() }
    }

    private func trying(_ name: String, _ work: () async throws -> Void) async {
        do {
            try await work()
        } catch {
            house.log.error("a chore failed", metadata: ["chore": "\(name)", "kind": "\(type(of: error))"])
        }
    }
}
