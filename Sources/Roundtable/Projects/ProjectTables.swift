import Storage

extension Migrations {
    static let projects = Migration(
        "projects",
        """
        create table project (
            id text primary key,
            name text not null,
            began bigint not null,
            laid bigint,
            version bigint not null);
        create table seat (
            id text primary key,
            project text not null references project,
            person text references person,
            name text not null,
            member bigint,
            convenes bigint not null,
            taken bigint not null,
            gone bigint,
            unique (project, person));
        create index seat_person on seat (person);
        create table concern (
            id text primary key,
            project text not null references project,
            seat text not null references seat,
            organisation text not null,
            words text not null,
            language text not null,
            direction text not null,
            said bigint not null);
        create index concern_project on concern (project);
        create index concern_seat on concern (seat);
        create table invitation (
            id text primary key,
            project text not null references project,
            seat text not null references seat,
            kind text not null,
            hash text not null unique,
            made bigint not null,
            ends bigint not null,
            ended bigint);
        create index invitation_project on invitation (project);
        create index invitation_seat on invitation (seat);
        create table card (
            id text primary key,
            project text not null references project,
            topic text,
            kind text not null,
            words text not null,
            amount text not null,
            pay_by text not null,
            day text,
            owner text references seat,
            accepted bigint,
            standing bigint not null,
            laid bigint not null,
            version bigint not null,
            unique (project, topic));
        create index card_project on card (project);
        create index card_owner on card (owner);
        create table card_wording (
            card text not null references card,
            version bigint not null,
            kind text not null,
            words text not null,
            amount text not null,
            pay_by text not null,
            day text,
            seat text not null references seat,
            written bigint not null,
            primary key (card, version));
        create index card_wording_seat on card_wording (seat);
        create table card_change (
            id text primary key,
            card text not null references card,
            kind text not null,
            words text not null,
            amount text not null,
            pay_by text not null,
            day text,
            from_version bigint not null,
            seat text not null references seat,
            proposed bigint not null,
            settled bigint,
            outcome text);
        create index card_change_card on card_change (card);
        create index card_change_seat on card_change (seat);
        create table key (
            card_change text not null references card_change,
            seat text not null references seat,
            turned bigint not null,
            primary key (card_change, seat));
        create index key_seat on key (seat);
        """)

    /// Changes to a laid offer are one kind of act that takes two keys. What was settled of them belongs to the act,
    /// which has the same id; the keys that were turned before say nothing of a side.
    static let twoKeys = Migration(
        "two keys",
        """
        create table act (
            id text primary key,
            project text not null references project,
            kind text not null,
            seat text not null references seat,
            opened bigint not null,
            settled bigint,
            outcome text);
        create index act_project on act (project, kind);
        create index act_seat on act (seat);
        insert into act (id, project, kind, seat, opened, settled, outcome)
            select card_change.id, card.project, 'offer', card_change.seat, card_change.proposed, card_change.settled,
                card_change.outcome
            from card_change join card on card.id = card_change.card;
        create table key_turned (
            act text not null references act,
            seat text not null references seat,
            side text not null,
            yes bigint not null,
            turned bigint not null,
            primary key (act, seat));
        insert into key_turned (act, seat, side, yes, turned) select card_change, seat, 'unsaid', 1, turned from key;
        drop table key;
        alter table key_turned rename to key;
        create index key_seat on key (seat);
        create table card_change_worded (
            id text primary key references act,
            card text not null references card,
            kind text not null,
            words text not null,
            amount text not null,
            pay_by text not null,
            day text,
            from_version bigint not null);
        insert into card_change_worded (id, card, kind, words, amount, pay_by, day, from_version)
            select id, card, kind, words, amount, pay_by, day, from_version from card_change;
        drop table card_change;
        alter table card_change_worded rename to card_change;
        create index card_change_card on card_change (card);
        """)

    static let projectEnds = Migration(
        "project ends",
        """
        create table project_end (
            project text primary key references project,
            day text not null,
            how text not null check (how in ('unsigned', 'takenBack')),
            seat text not null references seat,
            said bigint not null,
            told bigint,
            ended bigint);
        create index project_end_seat on project_end (seat);
        create index project_end_day on project_end (day);
        """)

    static let projectSafety = Migration(
        "project safety",
        """
        create table project_safety (
            project text primary key references project,
            words text not null,
            seat text not null references seat,
            said bigint not null,
            version bigint not null);
        create index project_safety_seat on project_safety (seat);
        """)

    /// When somebody was asked to convene too, until they answer.
    static let askedToConvene = Migration(
        "asked to convene", "alter table seat add column asked_to_convene bigint;")
}
