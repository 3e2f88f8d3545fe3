import Storage

extension Reader {
    /// The person whose device this is, by the keyed hash of its cookie.
    func person(onDevice hash: String) throws -> (person: Person, device: ID<Device>, language: String)? {
        try one(
            """
            select person.id, person.name, keeper.person is not null, device.id, person.language
            from device join person on person.id = device.person
            left join keeper on keeper.person = person.id
            where device.hash = \(hash)
            """
        ) { row in (Person(id: row[0], name: row[1], keeps: row[2]), row[3], row[4]) }
    }

    func person(_ id: ID<Person>) throws -> Person? {
        try one(
            """
            select person.id, person.name, keeper.person is not null
            from person left join keeper on keeper.person = person.id
            where person.id = \(id)
            """
        ) { row in Person(id: row[0], name: row[1], keeps: row[2]) }
    }

    /// The person whose place these words open.
    func person(withPass hash: String) throws -> Person? {
        try one("select person from pass where hash = \(hash)") { $0[0] as ID<Person> }.flatMap { try person($0) }
    }

    func pass(of person: ID<Person>) throws -> Pass? {
        try one("select id, person, made from pass where person = \(person)") { row in
            Pass(id: row[0], person: row[1], made: row[2])
        }
    }

    func devices(of person: ID<Person>) throws -> [Device] {
        try all("select id, arrived from device where person = \(person) order by arrived, id") { row in
            Device(id: row[0], arrived: row[1])
        }
    }

    func hasKeeper() throws -> Bool { try count("select count(*) from keeper") > 0 }

    func isFirstKey(_ hash: String) throws -> Bool {
        try count("select count(*) from first_key where hash = \(hash)") > 0
    }
}

extension Writer {
    /// Keeps the language that a person wants to be spoken to in.
    func speak(_ language: String, to person: ID<Person>) throws {
        try run("update person set language = \(language) where id = \(person)")
    }

    /// Adds a person once. A form sent twice is still one person; the same id with another name is refused.
    func add(_ person: Person, language: String, at now: Moment) throws {
        let new =
            try run(
                """
                insert into person (id, name, language, arrived)
                values (\(person.id), \(person.name), \(language), \(now)) on conflict (id) do nothing
                """) > 0
        guard try new || self.person(person.id)?.name == person.name else { throw Missing() }
    }

    func rename(_ person: ID<Person>, to name: String, at now: Moment) throws {
        try run("update person set name = \(name) where id = \(person)")
        try note(.renamed, of: person, at: now)
    }

    func addDevice(_ id: ID<Device>, of person: ID<Person>, hash: String, at now: Moment) throws {
        try run(
            """
            insert into device (id, person, hash, arrived) values (\(id), \(person), \(hash), \(now))
            """)
    }

    /// Signs a device out. Somebody else's device is as if it weren't there.
    func removeDevice(_ id: ID<Device>, of person: ID<Person>, at now: Moment) throws {
        guard try run("delete from device where id = \(id) and person = \(person)") > 0 else { throw Missing() }
        try note(.device, of: id, at: now)
    }

    /// Gives a person a pass; the one they had opens nothing any more.
    func renewPass(of person: ID<Person>, as id: ID<Pass>, hash: String, at now: Moment) throws {
        try cancelPass(of: person, at: now)
        try run("insert into pass (id, person, hash, made) values (\(id), \(person), \(hash), \(now))")
    }

    func cancelPass(of person: ID<Person>, at now: Moment) throws {
        guard try run("delete from pass where person = \(person)") > 0 else { return }
        try note(.pass, of: person, at: now)
    }

    /// Makes a keeper of whoever turns the first key; it turns once.
    func turnFirstKey(_ hash: String, by person: ID<Person>, at now: Moment) throws {
        guard try run("delete from first_key where hash = \(hash)") > 0 else { throw Missing() }
        try run("insert into keeper (person, since) values (\(person), \(now)) on conflict (person) do nothing")
    }

    /// Lays out a first key, in place of any that nobody has turned.
    func layFirstKey(_ hash: String, at now: Moment) throws {
        try run("delete from first_key")
        try run("insert into first_key (hash, made) values (\(hash), \(now))")
    }
}
