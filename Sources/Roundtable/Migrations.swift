import Storage

/// Every table's history, in order. A migration that has been released is never changed; a new one follows it.
///
/// Each stands in its room's `…Tables.swift` (`GatheringTables.swift`); one that changes tables of several rooms
/// stands in the last of them, which may know the others. So a table of `Projects/` may have got a column in
/// `Promises/`: look for `table concern` in all of these files.
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
}
