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
    let log: Logger
    let now: @Sendable () -> Moment

    /// A fresh id for something signed.
    func newID<Thing>(_: Thing.Type = Thing.self) -> ID<Thing> { .signed(at: now()) }
}
