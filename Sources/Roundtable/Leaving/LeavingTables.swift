import Storage

extension Migrations {
    static let leaving = Migration(
        "leaving",
        """
        create table parcel (
            id text primary key,
            hash text not null unique,
            sealed bytes not null,
            made bigint not null,
            ends bigint not null);
        """)
}
