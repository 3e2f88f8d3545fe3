/// What tests do to a PostgreSQL server from outside any database of theirs.
package enum PostgresServerTools {
    /// Runs statements on a connection made for them alone. They take no values: never put any in.
    package static func run(_ script: String, at url: String) throws {
        try PostgresConnection(url, schema: nil).script(script)
    }
}
