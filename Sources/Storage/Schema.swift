/// A column that refers to another table's.
public struct ForeignKey: Sendable, Hashable {
    /// The table and the column that refer.
    public let table: String
    public let column: String
    /// The table and the column that are referred to.
    public let refersTo: String
    public let refersToColumn: String

    /// A reference as a test would expect it.
    public init(table: String, column: String, refersTo: String, refersToColumn: String) {
        self.table = table
        self.column = column
        self.refersTo = refersTo
        self.refersToColumn = refersToColumn
    }
}

/// A column, as the database itself describes it.
public struct Column: Sendable, Hashable, Codable {
    /// Its name, and what it holds.
    public let name: String
    public let kind: Value.Kind
    /// Whether it always holds something.
    public let isRequired: Bool

    /// A column as a test would expect it.
    public init(name: String, kind: Value.Kind, isRequired: Bool) {
        self.name = name
        self.kind = kind
        self.isRequired = isRequired
    }
}

/// What the database says of its own tables, for tests that hold the code to the schema.
extension Reader {
    /// Every table of ours by name, the record of migrations among them; a search index's own tables are not.
    public func tables() throws -> [String] {
        let query: SQL =
            switch engine {
            case .sqlite:
                // A search index's own tables are "shadow" there, and not "table".
                """
                select name from pragma_table_list
                where schema = 'main' and type = 'table' and name not like 'sqlite!_%' escape '!'
                order by name
                """
            case .postgres:
                """
                select cast(relname as text) from pg_class
                where relnamespace = cast(current_schema() as regnamespace) and relkind in ('r', 'p')
                order by relname
                """
            }
        return try all(query) { $0[0] }
    }

    /// A table's columns, in the order in which they were declared.
    public func columns(of table: String) throws -> [Column] {
        let query: SQL =
            switch engine {
            case .sqlite:
                """
                select name, lower(type), cast("notnull" or pk > 0 as integer)
                from pragma_table_info(\(table)) order by cid
                """
            case .postgres:
                """
                select cast(a.attname as text), format_type(a.atttypid, null), cast(a.attnotnull as int)
                from pg_attribute a join pg_class c on c.oid = a.attrelid
                where c.relnamespace = cast(current_schema() as regnamespace) and c.relname = \(table)
                and a.attnum > 0 and not a.attisdropped
                order by a.attnum
                """
            }
        return try all(query) { Column(name: $0[0], kind: kind(of: $0[1]), isRequired: $0[2]) }
    }

    /// The columns of a table's primary key, in its order; none where it has none.
    public func key(of table: String) throws -> [String] {
        let query: SQL =
            switch engine {
            case .sqlite:
                "select name from pragma_table_info(\(table)) where pk > 0 order by pk"
            case .postgres:
                """
                select cast(a.attname as text)
                from pg_index i join pg_class c on c.oid = i.indrelid
                cross join lateral unnest(i.indkey) with ordinality as part(number, place)
                join pg_attribute a on a.attrelid = c.oid and a.attnum = part.number
                where i.indisprimary and c.relname = \(table)
                and c.relnamespace = cast(current_schema() as regnamespace)
                order by part.place
                """
            }
        return try all(query) { $0[0] }
    }

    /// What counts up by itself on PostgreSQL, by name; nothing on SQLite, which has a table for each.
    public func sequences() throws -> [String] {
        guard engine == .postgres else { return [] }
        return try all(
            """
            select cast(relname as text) from pg_class
            where relnamespace = cast(current_schema() as regnamespace) and relkind = 'S' order by relname
            """
        ) { $0[0] }
    }

    /// Every reference from one table to another.
    public func foreignKeys() throws -> [ForeignKey] {
        let query: SQL =
            switch engine {
            case .sqlite:
                """
                select t.name, f."from", f."table", coalesce(f."to", p.name)
                from pragma_table_list t join pragma_foreign_key_list(t.name) f
                left join pragma_table_info(f."table") p on p.pk = f.seq + 1
                where t.schema = 'main' and t.type = 'table'
                order by 1, 2
                """
            case .postgres:
                """
                select cast(o.relname as text), cast(a.attname as text), cast(r.relname as text), cast(b.attname as text)
                from pg_constraint k
                join pg_class o on o.oid = k.conrelid
                join pg_class r on r.oid = k.confrelid
                cross join lateral unnest(k.conkey, k.confkey) as pair(here, there)
                join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.here
                join pg_attribute b on b.attrelid = k.confrelid and b.attnum = pair.there
                where k.contype = 'f' and o.relnamespace = cast(current_schema() as regnamespace)
                order by 1, 2
                """
            }
        return try all(query) { ForeignKey(table: $0[0], column: $0[1], refersTo: $0[2], refersToColumn: $0[3]) }
    }

    /// The tables that refer to this one directly.
    public func tables(referringTo table: String) throws -> Set<String> {
        Set(try foreignKeys().filter { $0.refersTo == table }.map(\.table))
    }

    private func kind(of type: String) -> Value.Kind {
        switch type {
        case "integer", "bigint", "smallint", "boolean": .integer
        case "real", "double precision", "numeric": .real
        case "blob", "bytea": .blob
        default: .text
        }
    }
}
