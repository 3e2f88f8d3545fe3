import Storage

extension Migrations {
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

    static let callingOff = Migration("calling off", "alter table gathering add column called_off bigint;")

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

    /// So that a page of what was said at a gathering, those who wait longest to hear, the wall, what a scribe wrote
    /// and what came on paper are found without going through everything that was ever said there.
    static let longProjects = Migration(
        "long projects",
        """
        create index contribution_at on contribution (gathering, said, id);
        create index contribution_shared on contribution (project, shared, id);
        create index contribution_wall on contribution (gathering, shared, id) where on_wall = 1;
        create index contribution_written on contribution (scribe, gathering, said, id) where scribe is not null;
        create index contribution_typed on contribution (gathering, said, id) where typed is not null;
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

    /// `on_wall` says with 2 that the wall shows the giver's name as well. What hung there before hangs there unnamed.
    static let namesOnTheWall = Migration(
        "names on the wall",
        """
        drop index contribution_wall;
        create index contribution_wall on contribution (gathering, shared, id) where on_wall > 0;
        """)
}
