import Markup

// How an ask stands, in one sentence: the same on the list, on its page, in what we said and did, and on receipts.

/// Names shown in one sentence before the rest are counted.
private let mostNames = 12

/// Those who asked, by the names they chose, and how many gave none.
func names(of askers: [Asker], _ t: Words) -> String {
    let named = askers.compactMap(\.name).filter { !$0.isEmpty }
    let unnamed = askers.count - named.count
    var said = Array(named.prefix(mostNames))
    if named.count > mostNames { said.append(t("asker.more", count: named.count - mostNames)) }
    if unnamed > 0 {
        said.append(said.isEmpty ? t("asker.unnamed", count: unnamed) : t("asker.others", count: unnamed))
    }
    return t.list(said)
}

extension AskThread {
    /// Where it stands, for those with a seat: always whole sentences.
    func state(on today: Day, _ t: Words) -> [String] {
        if ask.ended != nil { return [t("ask.state.ended")] }
        if sources.isEmpty == false, standsOnNothing { return [t("ask.state.emptied")] + answered(on: today, t) }
        return answered(on: today, t)
    }

    private func answered(on today: Day, _ t: Words) -> [String] {
        if let promise { return promise.state(in: self, on: today, t) }
        var said: [String] = []
        if let answer = answers.last {
            let name = nameHere(answer.name, t)
            switch answer.kind {
            case .cannot: said.append(t("ask.state.cannot", name: name))
            case .thinking:
                let isLate = answer.day.map { $0 < today } ?? false
                let day = answer.day.map { t.day($0.text) } ?? ""
                said.append(t(isLate ? "ask.state.thinkingLate" : "ask.state.thinking", name: name, day: day))
            case .promise: said.append(t("ask.state.takenBack", name: name))
            }
        }
        if let waiting {
            said.append(t("ask.state.waiting", name: nameHere(waiting.toName, t), day: t.day(waiting.put.milliseconds)))
        } else if answers.isEmpty {
            said.append(holder.map { t("ask.state.held", name: nameHere($0.toName, t)) } ?? t("ask.state.unput"))
        }
        return said
    }
}

extension Promise {
    /// Where it stands, the hardest first.
    func state(in thread: AskThread, on today: Day, _ t: Words) -> [String] {
        var said: [String] = []
        let day = t.day(due.text)
        switch thread.standing(of: self) {
        case .ended: return [t("promise.state.ended")]
        case .promised, .slippedBack:
            let isSlipped = thread.standing(of: self) == .slippedBack
            if isLate(on: today) { said.append(t("promise.state.late", day: day)) }
            if isSlipped { said.append(t("promise.state.slipped")) }
            said.append(
                owner == nil
                    ? t("promise.state.nobodys") : t("promise.state.promised", name: nameHere(ownerName, t), day: day))
        case .saidDone(let notYet, let canBeAsked):
            said.append(t("promise.state.saidDone"))
            if !notYet.isEmpty { said.append(t("promise.state.notYet", names: names(of: notYet, t))) }
            if !canBeAsked { said.append(t("promise.state.nobodyToAsk")) }
            if owner == nil { said.append(t("promise.state.nobodys")) }
        case .done(let reached, let notYet):
            said.append(t("promise.state.done", names: names(of: reached, t)))
            if !notYet.isEmpty { said.append(t("promise.state.notYet", names: names(of: notYet, t))) }
            if owner == nil { said.append(t("promise.state.nobodys")) }
        }
        return said
    }
}

extension Fate {
    /// What became of somebody's words, told to them.
    func said(on today: Day, _ t: Words) -> String {
        switch self {
        case .thoughtAbout(until: nil): t("fate.thoughtAbout")
        case .thoughtAbout(let day?):
            t(day < today ? "fate.thoughtAboutLate" : "fate.thoughtAboutUntil", day: t.day(day.text))
        case .promised(let day): t(day < today ? "promise.state.late" : "fate.promised", day: t.day(day.text))
        case .cannot(let why): t("fate.cannot", why: why)
        case .saidDone(canBeAsked: true): t("fate.saidDone")
        case .saidDone(canBeAsked: false): t("fate.saidDoneNobody")
        case .done(reachedYou: true?): t("fate.doneForYou")
        case .done(reachedYou: false?): t("fate.notYetForYou")
        case .done(reachedYou: nil): t("fate.done")
        case .slippedBack: t("fate.slippedBack")
        case .became: t("fate.became")
        }
    }
}

/// Sentences, one to a line.
func sentences(_ said: [String]) -> HTML { "\(said.map { paragraph($0) })" }
