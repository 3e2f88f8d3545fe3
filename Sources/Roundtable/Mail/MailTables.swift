import Storage

extension Migrations {
    /// Where people asked to be written to. `proof` and `words` are there until an address is proven, `letter` and what
    /// follows while one is on its way.
    static let mail = Migration(
        "mail",
        """
        create table mail_address (
            id text primary key,
            person text not null unique references person,
            address text not null,
            asked bigint not null,
            proven bigint,
            proof text unique,
            words text,
            mailed bigint,
            mailed_until bigint not null,
            failed bigint,
            letter text,
            letter_until bigint,
            count bigint not null,
            due bigint not null,
            tries bigint not null);
        create index mail_address_due on mail_address (letter, due);
        """)
}
