/// Who looks after a project's gatherings: one seat, several, or none for now. Nobody does by somebody else's decision
/// alone.
struct Convening: Sendable {
    let project: Project
    /// The reader's own.
    let seat: Seat
    /// Everybody who has a seat, by name.
    let seats: [Seat]
    /// The seats that were asked to convene too, and have not answered.
    let asked: Set<ID<Seat>>

    var conveners: [Seat] { seats.filter(\.convenes) }
    var waiting: [Seat] { seats.filter { asked.contains($0.id) } }
    /// Who can still be asked.
    var others: [Seat] { seats.filter { !$0.convenes && !asked.contains($0.id) } }
}

extension Refusal {
    static let othersConvene = Refusal("convening.refusal.others")
}
