/// Something somebody said, wrote or had written down for them, by whatever way in.
struct Contribution: Sendable {
    let id: ID<Contribution>
    let project: ID<Project>
    /// The gathering it was said in, or nothing when it was written at any other hour.
    let gathering: ID<Gathering>?
    /// Whose it is. With neither a seat nor a receipt nobody can find it again, its giver included.
    let giver: Giver
    /// Who wrote it down for its giver.
    let scribe: ID<Seat>?
    /// Empty once it is taken back: the place stays and says so.
    let words: String
    let language: String
    let direction: String
    /// Whether the giver's name stands beside it.
    let isSigned: Bool
    let isOnWall: Bool
    /// When it was shared with the project; until then it is its giver's alone.
    let shared: Moment?
    let said: Moment
    let mended: Moment?
    let readBack: Moment?
    let takenBack: Moment?
    /// Its place in everything that has changed in this house (`Writer.nextChange()`).
    let changed: Int64
    let version: Int

    enum Giver: Sendable, Hashable {
        case seat(ID<Seat>)
        case receipt(ID<Receipt>)
        case nobody
    }

    /// Several minutes of speech, and short enough to be read aloud to a room.
    static let longest = 4_000
}
