/// What became of somebody's words, for one ask that they became part of. Words in three asks have three fates.
enum Fate: Sendable, Equatable {
    /// Nobody has answered, or whoever has it is still thinking and will say by that day.
    case thoughtAbout(until: Day?)
    case promised(by: Day)
    case cannot(why: String)
    /// With `canBeAsked` false nobody who asked can be reached.
    case saidDone(canBeAsked: Bool)
    /// Whether it reached the one who looks; nothing when they have not said.
    case done(reachedYou: Bool?)
    case slippedBack
    /// The ask was divided, or put together with others, which say what became of it.
    case became
}

extension AskThread {
    /// What became of it, as it is told to whoever looks.
    func fate(for voices: [Voice]) -> Fate {
        if ask.ended != nil { return .became }
        if let promise {
            switch standing(of: promise) {
            case .promised: return .promised(by: promise.due)
            case .slippedBack, .ended: return .slippedBack
            case .saidDone(_, let canBeAsked): return .saidDone(canBeAsked: canBeAsked)
            case .done(let reached, let notYet):
                let mine = Set(voices)
                if reached.contains(where: { mine.contains($0.voice) }) { return .done(reachedYou: true) }
                return .done(reachedYou: notYet.contains { mine.contains($0.voice) } ? false : nil)
            }
        }
        switch answers.last?.kind {
        case .cannot: return .cannot(why: answers.last?.words ?? "")
        case .thinking: return .thoughtAbout(until: answers.last?.day)
        case .promise, nil: return .thoughtAbout(until: nil)
        }
    }
}
