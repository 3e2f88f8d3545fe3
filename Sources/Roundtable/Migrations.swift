import Storage

/// Every table's history, in order. A migration that has been released is never changed; a new one follows it.
///
/// Times that have happened are UTC milliseconds (`bigint`); planned days and hours are the text that people
/// wrote, with a zone. Ids are text. Yes and no are 1 and 0. `changed` counts up through the whole house
/// (see `Writer.nextChange()`), so that somebody who was away can ask what they missed, whatever the clock did.
enum Migrations {
    static let all: [Migration] = [
        house, people, projects, gatherings, promises, post, leaving, callingOff, arrival, lettingGo,
        twoKeys, publishing, lookingBack,
        namesAndNeeds, balance, mail, pictures, paper,
        complaints, projectEnds, longProjects, projectSafety, speakers, ownWords, lookingBackByReceipt,
        askedToConvene, lookingBackAtEnd, changesSlipped, namesOnTheWall,
    ]

    /// What counts up: a sequence on PostgreSQL, a table of one row on SQLite.
    static let counters: Set<String> = ["change_counter"]
    /// Tables that tell of the place that a house is in, and stay when it is copied to another.
    static let ofThePlace: Set<String> = ["arrival"]
    /// Tables that may hold something in a house that nobody has been in yet.
    static let mayHoldWhenEmpty: Set<String> = counters.union(ofThePlace).union(["first_key", "let_go_reached"])

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

    static let gatherings = Migration(
        "gatherings",
        """
        create table gathering (
            id text primary key,
            project text not null references project,
            seat text not null references seat,
            kind text not null,
            name text not null,
            starts_at text not null,
            ends_at text not null,
            zone text not null,
            starts bigint not null,
            ends bigint not null,
            place text not null,
            plan text not null,
            who text not null,
            access text not null,
            worried text not null,
            question text not null,
            asked_by text references seat,
            code text unique,
            closed bigint,
            covered bigint not null,
            made bigint not null,
            version bigint not null);
        create index gathering_project on gathering (project, starts);
        create index gathering_seat on gathering (seat);
        create index gathering_asked_by on gathering (asked_by);
        create table coming (
            gathering text not null references gathering,
            seat text not null references seat,
            answer text not null,
            said bigint not null,
            primary key (gathering, seat));
        create index coming_seat on coming (seat);
        create table chair (
            gathering text not null references gathering,
            seat text not null references seat,
            came bigint not null,
            primary key (gathering, seat));
        create index chair_seat on chair (seat);
        create table receipt (
            id text primary key,
            project text not null references project,
            gathering text references gathering,
            number bigint,
            seat text references seat,
            hash text not null unique,
            made bigint not null,
            unique (gathering, number));
        create unique index receipt_seat on receipt (seat);
        create index receipt_project on receipt (project);
        create table contribution (
            id text primary key,
            project text not null references project,
            gathering text references gathering,
            seat text references seat,
            receipt text references receipt,
            scribe text references seat,
            words text not null,
            language text not null,
            direction text not null,
            signed bigint not null,
            on_wall bigint not null,
            shared bigint,
            said bigint not null,
            mended bigint,
            read_back bigint,
            taken_back bigint,
            changed bigint not null,
            version bigint not null);
        create index contribution_project on contribution (project, changed);
        create index contribution_said on contribution (project, said, id);
        create index contribution_gathering on contribution (gathering, changed);
        create index contribution_seat on contribution (seat);
        create index contribution_receipt on contribution (receipt);
        create index contribution_scribe on contribution (scribe);
        create table thanks (
            contribution text not null references contribution,
            seat text not null references seat,
            words text not null,
            hear_by text,
            said bigint not null,
            primary key (contribution, seat));
        create index thanks_seat on thanks (seat);
        create table set_aside (
            id text primary key,
            contribution text not null references contribution,
            seat text not null references seat,
            kind text not null,
            reason text not null,
            began bigint not null,
            lapses bigint not null,
            second text references seat,
            seconded bigint,
            reply text not null,
            replied bigint,
            ended bigint);
        create index set_aside_contribution on set_aside (contribution);
        create index set_aside_seat on set_aside (seat);
        create index set_aside_second on set_aside (second);
        """)

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

    static let callingOff = Migration("calling off", "alter table gathering add column called_off bigint;")

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

    /// Changes to a laid offer are one kind of act that takes two keys. What was settled of them belongs to the act, which
    /// has the same id; the keys that were turned before say nothing of a side.
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

    /// What anyone may read, and which words their givers put there.
    static let publishing = Migration(
        "publishing",
        """
        create table publication (
            id text primary key,
            project text not null unique references project,
            act text not null references act,
            missing text not null,
            began bigint);
        create index publication_act on publication (act);
        create table consent (
            id text primary key,
            contribution text not null references contribution,
            purpose text not null,
            audience text not null,
            name text not null,
            given bigint not null,
            ended bigint);
        create index consent_contribution on consent (contribution);
        create unique index consent_standing on consent (contribution, purpose, audience) where ended is null;
        """)

    /// What worked and what didn't, that something feels steered, and whether it is still so.
    ///
    /// An answer that was given with nothing has no seat and no time, and nothing that it shares with `looked_back`, the
    /// mark that somebody has answered so. A step may be told of by somebody whose receipt is all that is known of them.
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
    /// Photographs, as files in the data folder; and the names of files that are to go.
    static let pictures = Migration(
        "pictures",
        """
        create table picture (
            contribution text primary key references contribution,
            large text not null unique,
            small text not null unique,
            width bigint not null,
            height bigint not null,
            added bigint not null);
        create table file_gone (name text primary key, gone bigint not null);
        """)

    /// When something that came on paper was typed in.
    static let paper = Migration("paper", "alter table contribution add column typed bigint;")

    /// What people ask others not to say about them, and what helps them; nothing of why.
    static let namesAndNeeds = Migration(
        "names and needs",
        """
        create table unwelcome (
            id text primary key,
            person text not null references person,
            seat text references seat,
            words text not null,
            language text not null,
            direction text not null,
            added bigint not null);
        create index unwelcome_person on unwelcome (person);
        create index unwelcome_seat on unwelcome (seat);
        create table need (
            id text primary key,
            person text not null references person,
            words text not null,
            language text not null,
            direction text not null,
            added bigint not null);
        create index need_person on need (person);
        create table need_met (
            need text not null references need,
            gathering text not null references gathering,
            seat text not null references seat,
            met bigint not null,
            said bigint not null,
            primary key (need, gathering));
        create index need_met_gathering on need_met (gathering);
        create index need_met_seat on need_met (seat);
        """)

    /// How each comes to a table, without a time; and of the counts, those alone that were shown last.
    static let balance = Migration(
        "balance",
        """
        create table side (seat text primary key references seat, side text not null);
        create table balance (
            project text primary key references project,
            looked bigint not null,
            counted bigint,
            uses bigint,
            cares bigint,
            works bigint,
            several bigint,
            unsaid bigint);
        """)

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

    /// So that a page of what was said at a gathering, those who wait longest to hear, the wall, what a scribe wrote and
    /// what came on paper are found without going through everything that was ever said there.
    static let longProjects = Migration(
        "long projects",
        """
        create index contribution_at on contribution (gathering, said, id);
        create index contribution_shared on contribution (project, shared, id);
        create index contribution_wall on contribution (gathering, shared, id) where on_wall = 1;
        create index contribution_written on contribution (scribe, gathering, said, id) where scribe is not null;
        create index contribution_typed on contribution (gathering, said, id) where typed is not null;
        """)

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

    /// So that whoever spoke at a gathering is stepped through from one to the next, however much each said.
    static let speakers = Migration(
        "speakers",
        """
        create index contribution_speaker on contribution (gathering, coalesce(seat, receipt, id))
            where shared is not null and taken_back is null;
        """)

    /// Whether somebody keeps words to themselves is asked for every page of words.
    static let ownWords = Migration(
        "own words", "create index contribution_own on contribution (seat) where shared is null;")

    /// That whoever holds a receipt answered with nothing what worked; like `looked_back`, it leads to no answer.
    static let lookingBackByReceipt = Migration(
        "looking back by receipt",
        """
        create table looked_back_receipt (
            gathering text not null references gathering,
            receipt text not null references receipt,
            primary key (gathering, receipt));
        create index looked_back_receipt_receipt on looked_back_receipt (receipt);
        """)

    /// When somebody was asked to convene too, until they answer.
    static let askedToConvene = Migration(
        "asked to convene", "alter table seat add column asked_to_convene bigint;")

    /// What worked and what didn't is asked of a project too, before it ends.
    static let lookingBackAtEnd = Migration(
        "looking back at the end",
        """
        create table look_back_asked (
            id text primary key,
            gathering text references gathering,
            project text references project,
            seat text references seat,
            worked text not null,
            did_not text not null,
            language text not null,
            said bigint,
            shown bigint not null,
            check ((gathering is null) <> (project is null)));
        insert into look_back_asked (id, gathering, seat, worked, did_not, language, said, shown)
            select id, gathering, seat, worked, did_not, language, said, shown from look_back;
        drop table look_back;
        alter table look_back_asked rename to look_back;
        create index look_back_gathering on look_back (gathering);
        create index look_back_project on look_back (project);
        create index look_back_hidden on look_back (shown, gathering);
        create unique index look_back_seat on look_back (seat, gathering);
        create unique index look_back_end on look_back (seat, project);
        create table looked_back_project (
            project text not null references project,
            seat text not null references seat,
            primary key (project, seat));
        create index looked_back_project_seat on looked_back_project (seat);
        """)

    /// When somebody said that a small change is not so any more.
    static let changesSlipped = Migration("changes slipped", "alter table change add column slipped bigint;")

    /// `on_wall` says with 2 that the wall shows the giver's name as well. What hung there before hangs there unnamed.
    static let namesOnTheWall = Migration(
        "names on the wall",
        """
        drop index contribution_wall;
        create index contribution_wall on contribution (gathering, shared, id) where on_wall > 0;
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
