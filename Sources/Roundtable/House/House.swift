import Foundation
import Logging
import Markup
import Storage

/// What every room is handed: where things are kept, the words, the clock and chance. Nothing is looked up.
public struct House: Sendable {
    let database: Database
    let settings: Settings
    let secret: Secret
    let assets: Assets
    let catalogue: Catalogue
    let guesses: Guesses
    let live: Live
    let lines = OwnLines()
    let log: Logger
    let now: @Sendable () -> Moment
    /// How much work one try at a parcel's words takes (scrypt's N): a tenth of a second and 32 MB.
    var stretching = 1 << 15
    /// This program's place in the data folder, kept for as long as the house is open.
    var occupancy: Occupancy?
    /// What was let go of, beside the database; nothing in tests that have no folder.
    var letGo: LetGoFile?
    /// What is counted for whoever looks after the machine; nothing unless they asked for it.
    var figures: Figures?

    /// Where photographs are made anew.
    var darkroom = Darkroom()
    /// Files that come with forms, until each is answered.
    var arrivals = Arrivals()
    /// Its own files: photographs.
    var files: Files { Files(in: settings.data) }

    /// A fresh id for something signed.
    func newID<Thing>(_: Thing.Type = Thing.self) -> ID<Thing> { .signed(at: now()) }
}

/// Libraries print what they are handed, for their logs: of a house that would be its secret, its words and its files,
/// and take longer than all else that a start takes.
extension House: CustomStringConvertible {
    public var description: String { "a house" }
}
