/// One table, as a copy of a whole database tells of it.
public struct Table: Sendable, Hashable, Codable {
    /// Its name.
    public let name: String
    /// Its columns, in the order in which a copy holds their values.
    public let columns: [Column]
    /// The columns that a copy's rows are in order by: its primary key, or all of them where it has none.
    public let key: [String]
}

extension Reader {
    /// Every table of ours with its columns and its key, by name. The record of migrations is not among them.
    public func wholeTables() throws -> [Table] {
        try tables().filter { $0 != Migration.record }.map { name in
            let columns = try columns(of: name)
            let key = try key(of: name)
            return Table(name: name, columns: columns, key: key.isEmpty ? columns.map(\.name) : key)
        }
    }

    /// The first table in which something is kept, apart from those named; nothing in an empty database.
    public func occupied(except mayHold: Set<String>) throws -> String? {
        for table in try tables() where !mayHold.contains(table) && table != Migration.record {
            var isOccupied = false
            try session.rows(asWritten: "select 1 from \(table.quotedName) limit 1") { _ in
                isOccupied = true
                return false
            }
            if isOccupied { return table }
        }
        return nil
    }
}

extension String {
    /// A name out of the schema as SQL spells it, whatever word it is.
    var quotedName: String { "\"" + replacing("\"", with: "\"\"") + "\"" }
}
