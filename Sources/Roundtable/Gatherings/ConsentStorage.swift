import Storage

extension Reader {
    /// The consent that stands for one thing said, for anyone to read it.
    func consent(to contribution: ID<Contribution>) throws -> Consent? {
        try one(
            """
            select name, given from consent where contribution = \(contribution)
            and purpose = \(Consent.Purpose.publicPage) and audience = \(Consent.Audience.anyone) and ended is null
            """
        ) { row in Consent(name: row[0], given: row[1]) }
    }

    /// The words that a project's asks came from and that their givers let anyone read. What is taken back, kept to
    /// oneself or set aside is not among them, whatever was ticked before. One statement, which begins at the asks: of
    /// all that was ever said, only what became part of one is looked at.
    func publicWords(in project: ID<Project>, at now: Moment) throws -> [PublicWords] {
        try all(
            """
            select contribution.id, contribution.words, contribution.language, contribution.direction, consent.name,
                consent.given
            from contribution join consent on consent.contribution = contribution.id
            where contribution.id in (
                select ask_source.contribution from ask join ask_source on ask_source.ask = ask.id
                where ask.project = \(project) and ask.ended is null)
            and contribution.shared is not null
            and contribution.taken_back is null and consent.ended is null
            and consent.purpose = \(Consent.Purpose.publicPage) and consent.audience = \(Consent.Audience.anyone)
            and \(SetAside.isInSight(at: now))
            order by consent.given, contribution.id
            """
        ) { row in
            PublicWords(
                contribution: row[0], words: row[1], language: row[2], direction: row[3], name: row[4], given: row[5])
        }
    }
}

extension Writer {
    /// Keeps a giver's yes. By another name it is another yes, and the one before ends.
    func give(_ consent: Consent, to contribution: ID<Contribution>, as id: ID<Consent>) throws {
        if let before = try self.consent(to: contribution) {
            if before.name == consent.name { return }
            try endConsent(to: contribution, at: consent.given)
        }
        try run(
            """
            insert into consent (id, contribution, purpose, audience, name, given)
            values (\(id), \(contribution), \(Consent.Purpose.publicPage), \(Consent.Audience.anyone),
                \(consent.name), \(consent.given))
            """)
    }

    /// Takes a yes back. When it stood is kept; the name that it stood under is not.
    func endConsent(to contribution: ID<Contribution>, at now: Moment) throws {
        try run(
            "update consent set ended = \(now), name = '' where contribution = \(contribution) and ended is null")
        try note(.consent, of: contribution, at: now)
    }
}
