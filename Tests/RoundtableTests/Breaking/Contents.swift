@testable import Roundtable
@testable import Storage

extension World {
    /// Every row of every table, so that a test can say that nothing was changed.
    func contents() async throws -> [String: Set<[Value]>] {
        try await house.database.read { db in
            var contents: [String: Set<[Value]>] = [:]
            // A number that was taken and not used is no change.
            for table in try db.tables() where table != "change_counter" {
                try db.session.rows(asWritten: "select * from \"\(table)\"") { row in
                    contents[table, default: []].insert((0..<row.count).map { row.value($0) })
                    return true
                }
            }
            return contents
        }
    }
}
