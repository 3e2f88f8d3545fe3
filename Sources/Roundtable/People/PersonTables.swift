import Storage

extension Migrations {
    static let people = Migration(
        "people",
        """
        create table person (
            id text primary key,
            name text not null,
            language text not null,
            arrived bigint not null);
        create table device (
            id text primary key,
            person text not null references person,
            hash text not null unique,
            arrived bigint not null);
        create index device_person on device (person);
        create table pass (
            id text primary key,
            person text not null unique references person,
            hash text not null unique,
            made bigint not null);
        create table keeper (
            person text primary key references person,
            since bigint not null);
        """)

    static let complaints = Migration(
        "complaints",
        """
        create table complaint (
            id text primary key,
            hash text not null unique,
            words text not null,
            name text not null,
            reach text not null,
            made bigint not null,
            taken_back bigint);
        create index complaint_made on complaint (made);
        create table complaint_entry (
            id text primary key,
            complaint text not null references complaint,
            person text references person,
            kind text not null check (kind in ('added', 'acknowledged', 'noted', 'settled')),
            words text not null,
            said bigint not null);
        create index complaint_entry_complaint on complaint_entry (complaint, said);
        create index complaint_entry_person on complaint_entry (person);
        """)
}
