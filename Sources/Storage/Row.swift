/// One row of an answer, read by a column's place in the select list, counting from 0.
///
/// A row is only good while the closure that was given it runs; reading it later stops the program.
public struct Row {
    let cursor: Cursor
    let number: Int

    /// How many columns the row has.
    public var count: Int { cursor.columns }

    /// The value in a column, whatever it is.
    public func value(_ column: Int) -> Value {
        precondition(number == cursor.number, "a row was kept after its closure ended")
        precondition(column >= 0 && column < cursor.columns, "no column \(column) in a row of \(cursor.columns)")
        return cursor.value(column)
    }

    // A page reads a thousand values. Inlined, each is read as the type that it is, and none is looked up on the way.

    /// The value in a column that always holds one.
    @inlinable
    public subscript<Kept: Storable>(_ column: Int) -> Kept {
        let value = value(column)
        guard let kept = Kept(stored: value) else { mistaken(value, in: column, for: Kept.self) }
        return kept
    }

    /// The value in a column that may be empty.
    @inlinable
    public subscript<Kept: Storable>(_ column: Int) -> Kept? {
        let value = value(column)
        if case .null = value { return nil }
        guard let kept = Kept(stored: value) else { mistaken(value, in: column, for: Kept.self) }
        return kept
    }

    @usableFromInline
    func mistaken(_ value: Value, in column: Int, for kept: Any.Type) -> Never {
        preconditionFailure("column \(column) holds \(value.description), not \(kept): check the select list")
    }
}

/// Where an engine stands in its answer.
class Cursor {
    let columns: Int
    /// Which row it stands at, from 1; 0 once the answer is over.
    var number = 0

    init(columns: Int) {
        self.columns = columns
    }

    func value(_ column: Int) -> Value {
        preconditionFailure("each engine reads its own columns")
    }
}

extension Value {
    /// What sort of thing it is, and never what it says: this ends up in crash logs.
    fileprivate var description: String { kind?.rawValue ?? "null" }
}
