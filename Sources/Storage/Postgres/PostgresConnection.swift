internal import CPostgres
import Foundation

/// One connection to PostgreSQL, used by one thread at a time, which it keeps waiting.
final class PostgresConnection: Session {
    /// How long to wait for a connection. libpq takes nothing shorter than two seconds.
    static let connectSeconds = 3
    /// The server gives up on a statement after this long: a page should need a hundredth of it.
    static let statementSeconds = 8
    /// We give up on a server that says nothing at all after this long.
    static let silenceSeconds = 10
    /// A migration may have every row of a table to rewrite, and waits for another program's.
    static let migrationSeconds = 600
    /// Statements kept prepared on a connection; past this they are all forgotten and made again.
    static let mostPrepared = 500

    /// The lock that every connection holds its place by, so that a database is only filled while nobody else is in it.
    /// Its numbers only have to be the same in every program; the second is apart for each schema.
    static let place = "7205760, hashtext(current_schema())"

    let engine = Engine.postgres
    private let connection: OpaquePointer
    private var prepared: [Prepared: String] = [:]
    /// The first statement that failed in this transaction.
    private var failure: (any Error)?
    private var patience = PostgresConnection.silenceSeconds
    /// Whether the server is gone, or has stopped answering in the middle of something.
    private(set) var isLost = false
    /// The number that the server knows this connection by.
    let backend: Int32

    /// A statement is prepared for values of given kinds.
    private struct Prepared: Hashable {
        let text: String
        let kinds: [Value.Kind?]
    }

    init(_ url: String, schema: String?) throws {
        // What stands before `dbname` is what we choose, and what the address says comes after and wins.
        let settings = [
            ("connect_timeout", "\(Self.connectSeconds)"),
            ("tcp_user_timeout", "\(Self.silenceSeconds * 1000)"),
            ("application_name", "roundtable"),
            ("dbname", url),
            ("client_encoding", "UTF8"),
        ]
        connection = try withCStrings(settings.map(\.0)) { keys in
            try withCStrings(settings.map(\.1)) { values in
                guard let made = PQconnectdbParams(keys, values, 1) else { throw StorageTrouble.away }
                return made
            }
        }
        backend = PQbackendPID(connection)
        guard PQstatus(connection) == CONNECTION_OK else {
            isLost = true
            throw StorageTrouble.away
        }
        // Notices would be printed on standard error, and could hold what people wrote.
        PQsetNoticeReceiver(connection, { _, _ in }, nil)
        try script("set statement_timeout = '\(Self.statementSeconds)s'; set standard_conforming_strings = on")
        if let schema { try script("set search_path = \"\(schema)\"") }
        try script("select pg_advisory_lock_shared(\(Self.place))")
    }

    deinit {
        PQfinish(connection)
    }

    func rows(_ query: SQL, _ each: (Row) throws -> Bool) throws {
        let (text, values) = query.spelled()
        try rows(of: try ask(text, values), each)
    }

    func rows(asWritten text: String, _ each: (Row) throws -> Bool) throws {
        try rows(of: try ask(text, []), each)
    }

    private func rows(of result: OpaquePointer, _ each: (Row) throws -> Bool) throws {
        defer { PQclear(result) }
        let cursor = PostgresCursor(result)
        defer { cursor.number = 0 }
        for number in stride(from: 1, through: cursor.rows, by: 1) {
            cursor.number = number
            if try !each(Row(cursor: cursor, number: number)) { return }
        }
    }

    func fill(_ table: String, _ columns: [Column], _ next: () throws -> [Value]?) throws {
        let names = columns.map(\.name.quotedName).joined(separator: ", ")
        try beginCopying("copy \(table.quotedName) (\(names)) from stdin")
        var lines = CopyLines()
        do {
            while let values = try next() {
                try lines.add(values)
                if lines.isLong { try send(lines.take()) }
            }
            try send(lines.take())
        } catch {
            // The server takes back what it has, and the transaction with it.
            _ = try? answer(PQputCopyEnd(connection, "given up"))
            throw error
        }
        try PQclear(answer(PQputCopyEnd(connection, nil)))
    }

    private func beginCopying(_ text: String) throws {
        guard PQsendQuery(connection, text) == 1 else { throw lost() }
        try waitForAnswer()
        guard let result = PQgetResult(connection) else { throw lost() }
        defer { PQclear(result) }
        guard PQresultStatus(result) != PGRES_COPY_IN else { return }
        while let more = PQgetResult(connection) { PQclear(more) }
        throw trouble(result)
    }

    private func send(_ bytes: [UInt8]) throws {
        let sent = bytes.withUnsafeBytes {
            PQputCopyData(connection, $0.baseAddress?.assumingMemoryBound(to: CChar.self), CInt($0.count))
        }
        guard bytes.isEmpty || sent == 1 else { throw lost() }
    }

    func run(_ statement: SQL) throws -> Int {
        let (text, values) = statement.spelled()
        let result = try ask(text, values)
        defer { PQclear(result) }
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    func script(_ text: String) throws {
        try PQclear(answer(PQsendQuery(connection, text)))
    }

    /// Runs a body in a transaction of the given sort: `begin isolation level serializable`.
    /// What fails before the commit has changed nothing; `commit` itself is the one moment that can be in doubt.
    func transaction<Made>(_ begin: String, _ body: () throws -> Made) throws -> Made {
        failure = nil
        try script(begin)
        do {
            let made = try body()
            if let failure { throw failure }
            do {
                try script("commit")
            } catch _ where isLost {
                throw LostWhileCommitting()
            }
            return made
        } catch {
            // On a connection that is lost there is nothing to roll back: the server has done it.
            if !isLost { try? script("rollback") }
            // Whatever the body made of it, a transaction that met another has to be run again.
            throw failure is PostgresTrouble.Met ? PostgresTrouble.Met() : error
        }
    }

    /// Lets statements in a body take as long as a migration may.
    func patiently<Made>(_ body: () throws -> Made) throws -> Made {
        defer {
            patience = Self.silenceSeconds
            try? script("set statement_timeout = '\(Self.statementSeconds)s'")
        }
        patience = Self.migrationSeconds
        try script("set statement_timeout = '\(Self.migrationSeconds)s'")
        return try body()
    }

    private func ask(_ text: String, _ values: [Bound]) throws -> OpaquePointer {
        let name = try prepare(text, values)
        let parameters = try Parameters(values)
        return try parameters.withPointers { pointers, lengths, formats in
            try answer(
                PQsendQueryPrepared(connection, name, CInt(values.count), pointers, lengths, formats, Self.textFormat))
        }
    }

    private func prepare(_ text: String, _ values: [Bound]) throws -> String {
        let wanted = Prepared(text: text, kinds: values.map(\.kind))
        if let name = prepared[wanted] { return name }
        if prepared.count >= Self.mostPrepared {
            try script("deallocate all")
            prepared = [:]
        }
        let name = "s\(prepared.count)"
        let types = wanted.kinds.map { $0?.postgresType ?? 0 }
        try PQclear(answer(PQsendPrepare(connection, name, text, CInt(types.count), types)))
        prepared[wanted] = name
        return name
    }

    /// Waits for the answer to what was just sent, and for the connection to be free again.
    private func answer(_ sent: CInt) throws -> OpaquePointer {
        guard sent == 1 else { throw lost() }
        var kept: OpaquePointer?
        while true {
            try waitForAnswer()
            guard let result = PQgetResult(connection) else { break }
            // Of several answers (a script) the first that failed is the one that matters.
            if let earlier = kept, PQresultStatus(earlier) == PGRES_FATAL_ERROR {
                PQclear(result)
            } else {
                PQclear(kept)
                kept = result
            }
        }
        guard let kept else { throw lost() }
        switch PQresultStatus(kept) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
            return kept
        default:
            defer { PQclear(kept) }
            throw trouble(kept)
        }
    }

    private func waitForAnswer() throws {
        let end = ContinuousClock.now + .seconds(patience)
        while PQisBusy(connection) == 1 {
            var socket = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
            let left = (end - .now) / .milliseconds(1)
            guard socket.fd >= 0, left > 0 else { throw lost() }
            let ready = poll(&socket, 1, CInt(left) + 1)
            if ready > 0, PQconsumeInput(connection) == 0 { throw lost() }
            if ready < 0, errno != EINTR { throw lost() }
        }
    }

    // MARK: Listening

    /// Hears from now on what is announced on a channel, given as an expression.
    func listen(to channel: SQL) throws {
        var name = ""
        try rows("select \(channel)") { row in
            name = row[0]
            return false
        }
        try script("listen \(name.quotedName)")
    }

    /// What was announced, and by which connection; nothing when there was nothing in that time, or `wakening` ended it.
    func notifications(within time: Duration, or wakening: Wakening) throws -> [(words: String, backend: Int32)] {
        let heard = taken()
        if !heard.isEmpty { return heard }
        var sockets = [PQsocket(connection), wakening.ending].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        guard sockets[0].fd >= 0 else { throw lost() }
        _ = poll(&sockets, 2, CInt(time / .milliseconds(1)))
        if sockets[0].revents != 0, PQconsumeInput(connection) == 0 { throw lost() }
        return taken()
    }

    private func taken() -> [(words: String, backend: Int32)] {
        var heard: [(words: String, backend: Int32)] = []
        while let notification = PQnotifies(connection) {
            heard.append((String(cString: notification.pointee.extra), notification.pointee.be_pid))
            PQfreemem(notification)
        }
        return heard
    }

    private func trouble(_ result: OpaquePointer) -> any Error {
        if PQstatus(connection) == CONNECTION_BAD { return lost() }
        let error = PostgresTrouble.error(result)
        if error as? StorageTrouble == .away { isLost = true }
        if failure == nil { failure = error }
        return error
    }

    private func lost() -> StorageTrouble {
        isLost = true
        failure = failure ?? StorageTrouble.away
        return .away
    }

    private static let textFormat: CInt = 0
}

/// The connection broke while a transaction was being committed: nobody can say whether it was.
struct LostWhileCommitting: Error {}

/// Where we stand in an answer that libpq holds.
private final class PostgresCursor: Cursor {
    let rows: Int
    private let result: OpaquePointer
    private let types: [Oid]

    init(_ result: OpaquePointer) {
        self.result = result
        rows = Int(PQntuples(result))
        let columns = PQnfields(result)
        types = (0..<columns).map { PQftype(result, $0) }
        super.init(columns: Int(columns))
    }

    override func isNull(_ column: Int) -> Bool { PQgetisnull(result, CInt(number - 1), CInt(column)) != 0 }

    override func integer(_ column: Int) -> Int64? {
        guard case .integer(let number) = value(column) else { return nil }
        return number
    }

    override func text(_ column: Int) -> UnsafeBufferPointer<UInt8>? {
        guard PostgresType.isText(types[column]), !isNull(column),
            let start = PQgetvalue(result, CInt(number - 1), CInt(column))
        else { return nil }
        let length = Int(PQgetlength(result, CInt(number - 1), CInt(column)))
        return UnsafeRawBufferPointer(start: start, count: length).assumingMemoryBound(to: UInt8.self)
    }

    override func value(_ column: Int) -> Value {
        let (row, place) = (CInt(number - 1), CInt(column))
        guard PQgetisnull(result, row, place) == 0, let start = PQgetvalue(result, row, place) else { return .null }
        let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, place)))
        return PostgresType.value(bytes, of: types[column])
    }
}
