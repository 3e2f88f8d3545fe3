@testable import Roundtable
@testable import Storage

extension World {
    /// Every row of every table, so that a test can say that nothing was changed.
    func contents() async throws -> [String: Set<[Value]>] {
        try await house.database.read { db in
            var contents: [String: Set<[Value]>] = [:]
            for table in try db.tables() {
                try db.session.rows("select * from \"\(table)\"", []) { row in
                    contents[table, default: []].insert((0..<row.count).map { row.value($0) })
                    return true
                }
            }
            return contents
        }
    }
}
