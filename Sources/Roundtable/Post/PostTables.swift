import Storage

extension Migrations {
    static let post = Migration(
        "post",
        """
        create table letter (
            id text primary key,
            project text references project,
            kind text not null,
            about text not null,
            details text not null,
            posted bigint not null,
            due bigint not null,
            tries bigint not null,
            claimed bigint,
            delivered bigint);
        create index letter_due on letter (delivered, due);
        create index letter_project on letter (project);
        create table notice (
            id text primary key,
            seat text not null references seat,
            kind text not null,
            about text not null,
            details text not null,
            told bigint not null,
            read bigint);
        create index notice_seat on notice (seat, told);
        """)
}
