import Storage

extension Migrations {
    static let promises = Migration(
        "promises",
        """
        create table ask (
            id text primary key,
            project text not null references project,
            seat text not null references seat,
            words text not null,
            language text not null,
            direction text not null,
            drawn bigint not null,
            divided_from text references ask,
            ended bigint,
            changed bigint not null,
            version bigint not null);
        create index ask_project on ask (project, drawn);
        create index ask_seat on ask (seat);
        create index ask_divided_from on ask (divided_from);
        create table ask_source (
            ask text not null references ask,
            contribution text not null references contribution,
            seat text not null references seat,
            added bigint not null,
            means bigint,
            objection text not null,
            answered bigint,
            primary key (ask, contribution));
        create index ask_source_contribution on ask_source (contribution);
        create index ask_source_seat on ask_source (seat);
        create table also (
            id text primary key,
            ask text not null references ask,
            seat text references seat,
            receipt text references receipt,
            said bigint not null,
            unique (ask, seat),
            unique (ask, receipt));
        create index also_seat on also (seat);
        create index also_receipt on also (receipt);
        create table putting (
            id text primary key,
            ask text not null references ask,
            to_seat text not null references seat,
            by_seat text not null references seat,
            put bigint not null,
            outcome text,
            settled bigint);
        create index putting_ask on putting (ask, put);
        create index putting_to_seat on putting (to_seat);
        create index putting_by_seat on putting (by_seat);
        create table answer (
            id text primary key,
            ask text not null references ask,
            seat text not null references seat,
            kind text not null,
            words text not null,
            language text not null,
            direction text not null,
            day text,
            said bigint not null);
        create index answer_ask on answer (ask, said);
        create index answer_seat on answer (seat);
        create table promise (
            id text primary key,
            ask text not null references ask,
            answer text not null references answer,
            owner text references seat,
            due text not null,
            reported_by text references seat,
            reported bigint,
            ended bigint,
            made bigint not null,
            version bigint not null);
        create index promise_ask on promise (ask);
        create index promise_answer on promise (answer);
        create index promise_owner on promise (owner);
        create index promise_reported_by on promise (reported_by);
        create table step (
            id text primary key,
            promise text not null references promise,
            seat text not null references seat,
            way text not null,
            words text not null,
            language text not null,
            direction text not null,
            obstacle text not null,
            taken bigint not null);
        create index step_promise on step (promise, taken);
        create index step_seat on step (seat);
        create table witness (
            id text primary key,
            promise text not null references promise,
            seat text references seat,
            receipt text references receipt,
            reached bigint not null,
            words text not null,
            said bigint not null,
            unique (promise, seat),
            unique (promise, receipt));
        create index witness_seat on witness (seat);
        create index witness_receipt on witness (receipt);
        create table change (
            id text primary key,
            project text not null references project,
            promise text unique references promise,
            contribution text references contribution,
            seat text not null references seat,
            words text not null,
            language text not null,
            direction text not null,
            asked_by text not null,
            day text not null,
            logged bigint not null,
            reached bigint,
            answered bigint);
        create index change_project on change (project, logged);
        create index change_contribution on change (contribution);
        create index change_seat on change (seat);
        """)

    /// What worked and what didn't, that something feels steered, and whether it is still so.
    ///
    /// An answer that was given with nothing has no seat and no time, and nothing that it shares with
    /// `looked_back`, the mark that somebody has answered so. A step may be told of by somebody whose receipt is
    /// all that is known of them.
    static let lookingBack = Migration(
        "looking back",
        """
        create table look_back (
            id text primary key,
            gathering text not null references gathering,
            seat text references seat,
            worked text not null,
            did_not text not null,
            language text not null,
            said bigint,
            shown bigint not null);
        create index look_back_gathering on look_back (gathering);
        create index look_back_hidden on look_back (shown, gathering);
        create unique index look_back_seat on look_back (seat, gathering);
        create table looked_back (
            gathering text not null references gathering,
            seat text not null references seat,
            primary key (gathering, seat));
        create index looked_back_seat on looked_back (seat);
        alter table concern add column kind text not null default 'wrong';
        alter table concern add column signed bigint not null default 1;
        alter table concern add column gathering text references gathering;
        alter table concern add column ask text references ask;
        alter table concern add column card text references card;
        create index concern_gathering on concern (gathering);
        create index concern_ask on concern (ask);
        create index concern_card on concern (card);
        create table concern_reply (
            id text primary key,
            concern text not null references concern,
            seat text not null references seat,
            words text not null,
            language text not null,
            direction text not null,
            said bigint not null);
        create index concern_reply_concern on concern_reply (concern);
        create index concern_reply_seat on concern_reply (seat);
        alter table letter add column not_before bigint;
        create table step_told (
            id text primary key,
            promise text not null references promise,
            seat text references seat,
            receipt text references receipt,
            way text not null,
            words text not null,
            language text not null,
            direction text not null,
            obstacle text not null,
            taken bigint not null);
        insert into step_told (id, promise, seat, way, words, language, direction, obstacle, taken)
            select id, promise, seat, way, words, language, direction, obstacle, taken from step;
        drop table step;
        alter table step_told rename to step;
        create index step_promise on step (promise, taken);
        create index step_seat on step (seat);
        create index step_receipt on step (receipt);
        """)

    /// When somebody said that a small change is not so any more.
    static let changesSlipped = Migration("changes slipped", "alter table change add column slipped bigint;")
}
