/// One row of an answer, read by a column's place in the select list, counting from 0.
///
/// A row is only good while the closure that was given it runs; reading it later stops the program.
public struct Row {
    let cursor: Cursor
    let number: Int

    /// How many columns the row has.
    public var count: Int { cursor.columns }

    /// The value in a column, whatever it is.
    public func value(_ column: Int) -> Value { cell(column).value }

    /// Where a value lies, for a type that makes itself of it.
    @usableFromInline
    func cell(_ column: Int) -> Cell {
        precondition(number == cursor.number, "a row was kept after its closure ended")
        precondition(column >= 0 && column < cursor.columns, "no column \(column) in a row of \(cursor.columns)")
        return Cell(cursor: cursor, column: column)
    }

    // A page reads a thousand values. Inlined, each is read as the type that it is, and none is looked up on the way.

    /// The value in a column that always holds one.
    @inlinable
    public subscript<Kept: Storable>(_ column: Int) -> Kept {
        let cell = cell(column)
        guard let kept = Kept(cell) else { mistaken(cell, for: Kept.self) }
        return kept
    }

    /// The value in a column that may be empty.
    @inlinable
    public subscript<Kept: Storable>(_ column: Int) -> Kept? {
        let cell = cell(column)
        if cell.isNull { return nil }
        guard let kept = Kept(cell) else { mistaken(cell, for: Kept.self) }
        return kept
    }

    @usableFromInline
    func mistaken(_ cell: Cell, for kept: Any.Type) -> Never {
        preconditionFailure(
            "column \(cell.column) holds \(cell.value.description), not \(kept): check the select list")
    }
}

/// One value where it lies in an answer. It is good for as long as its row is.
public struct Cell {
    // A thousand are read for a page: their row holds on to the cursor, and none of them does.
    unowned(unsafe) let cursor: Cursor
    let column: Int

    /// Whether nothing is kept there.
    public var isNull: Bool { cursor.isNull(column) }

    /// The whole number kept there; nothing when it is something else.
    public var integer: Int64? { cursor.integer(column) }

    /// The UTF-8 of the text kept there, where the engine holds it; nothing when it is something else.
    public var text: UnsafeBufferPointer<UInt8>? { cursor.text(column) }

    /// The value kept there, whatever it is.
    public var value: Value { cursor.value(column) }
}

/// Where an engine stands in its answer.
class Cursor {
    let columns: Int
    /// Which row it stands at, from 1; 0 once the answer is over.
    var number = 0

    init(columns: Int) {
        self.columns = columns
    }

    func value(_ column: Int) -> Value { preconditionFailure("each engine reads its own columns") }
    func isNull(_ column: Int) -> Bool { preconditionFailure("each engine reads its own columns") }
    func integer(_ column: Int) -> Int64? { preconditionFailure("each engine reads its own columns") }
    func text(_ column: Int) -> UnsafeBufferPointer<UInt8>? { preconditionFailure("each engine reads its own columns") }
}

extension Value {
    /// What sort of thing it is, and never what it says: this ends up in crash logs.
    fileprivate var description: String { kind?.rawValue ?? "null" }
}
