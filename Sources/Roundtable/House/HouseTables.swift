import Storage

extension Migrations {
    static let house = Migration(
        "house",
        """
        create table house (
            id text primary key check (id = 'house'),
            name text not null,
            responsible text not null,
            contact text not null,
            complaints text not null,
            opened bigint not null,
            version bigint not null);
        create table first_key (hash text primary key, made bigint not null);
        """,
        sqlite: [
            "create table change_counter (id text primary key not null, reached integer not null) strict",
            "insert into change_counter (id, reached) values ('house', 0)",
        ],
        // One row that every writer changes would make writers on PostgreSQL wait for one another.
        postgres: ["create sequence change_counter"])

    /// That this house was brought here from a copy, and when the copy was made.
    static let arrival = Migration(
        "arrival", "create table arrival (id text primary key, made bigint not null, arrived bigint not null);")

    /// Which acts let go of something: a row for each, numbered without a gap. No words and no names.
    static let lettingGo = Migration(
        "letting go",
        """
        create table let_go (
            number bigint primary key,
            kind text not null,
            about text not null,
            how text not null,
            at bigint not null);
        create table let_go_reached (id text primary key check (id = 'house'), reached bigint not null);
        insert into let_go_reached (id, reached) values ('house', 0);
        """)
}

extension Writer {
    /// The next number of the counter that orders everything shared in this house. Two writers never get the same.
    ///
    /// On SQLite a smaller number is always committed first. On PostgreSQL it may be overtaken by those being
    /// written at the same time, so whoever asks "what since?" looks `Live.overlap` numbers further back.
    func nextChange() throws -> Int64 {
        switch engine {
        case .sqlite:
            try one("update change_counter set reached = reached + 1 where id = 'house' returning reached") { $0[0] }!
        case .postgres: try one("select nextval('change_counter')") { $0[0] }!
        }
    }

    /// The next numbers of the same counter, in order, for many things at once.
    func nextChanges(_ count: Int) throws -> [Int64] {
        switch engine {
        case .sqlite:
            let reached: Int64 = try one(
                "update change_counter set reached = reached + \(count) where id = 'house' returning reached"
            ) { $0[0] }!
            return Array((reached - Int64(count) + 1)...reached)
        case .postgres:
            // In the order of the numbers, whatever order the rows come in.
            return try all("select nextval('change_counter') from generate_series(1, \(count))") { $0[0] }.sorted()
        }
    }
}
