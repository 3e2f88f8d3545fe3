/// What was asked of a project and what came of it, for anyone to read at an address of its own.
///
/// The address is all chance, leads nowhere inside, and stays the same when it is stopped and begun again.
struct Publication: Sendable {
    let id: ID<Publication>
    let project: ID<Project>
    /// The act that two people turned their keys for.
    let act: ID<Act>
    /// Which side kept away when it was agreed.
    let missing: [Key.Side]
    /// Since when anyone can read it; nothing while nobody outside can.
    let began: Moment?

    var address: String { "/p/\(id.text)" }
    var atom: String { address + "/feed.atom" }
    var json: String { address + "/feed.json" }
}
