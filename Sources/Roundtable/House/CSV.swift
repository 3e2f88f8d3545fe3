/// A table of comma-separated values, read as RFC 4180 writes them, from files that others made.
///
/// One column may be named as free: what people typed. Where an export left it unquoted, or quoted it wrongly, its
/// line is read again by counting the columns before and after it. A line that still makes no sense is refused
/// alone, and the rest is read.
struct CSV: Sendable, Equatable {
    /// The names of the columns, in small letters, without spaces around them.
    let columns: [String]
    let rows: [Row]
    /// What could not be read, by line.
    let troubles: [Trouble]

    /// One record. `fields` has as many as there are columns.
    struct Row: Sendable, Equatable {
        /// The line that it begins on, counting from 1 as an editor does.
        let line: Int
        let fields: [String]
    }

    /// A record that was left out, and why.
    struct Trouble: Error, Sendable, Equatable {
        let line: Int
        let reason: Reason
    }

    enum Reason: Sendable, Equatable {
        case notUTF8
        case columns(Int, of: Int)
        case brokenQuotes
        case fieldTooLong
        /// The first line names no column, or one of them twice.
        case noHeader
    }

    /// Bytes that one field may take. Nobody types more, and a quote that was never closed must not take the file.
    static let longestField = 64 * 1024
    /// Columns that a table may have. Exports have about ten; one with a column for each comment has a few thousand.
    static let mostColumns = 10_000

    /// Reads a table whose first record names its columns.
    ///
    /// - Parameter free: the column that may hold commas and quotes without being quoted, if there is one.
    init(_ bytes: [UInt8], free: String? = nil) {
        var reader = CSVReader(bytes)
        var columns: [String] = []
        if case .success(let header)? = reader.next() {
            columns = header.fields.map { $0.trimmingSpaces().lowercased() }
        }
        guard columns.contains(where: { !$0.isEmpty }), columns.count <= Self.mostColumns,
            Set(columns).count == columns.count
        else {
            (self.columns, rows, troubles) = ([], [], [Trouble(line: 1, reason: .noHeader)])
            return
        }
        reader.shape = .init(columns: columns.count, free: free.flatMap { columns.firstIndex(of: $0) })
        var (rows, troubles): ([Row], [Trouble]) = ([], [])
        while let record = reader.next() {
            switch record {
            case .success(let row): rows.append(row)
            case .failure(let trouble): troubles.append(trouble)
            }
        }
        (self.columns, self.rows, self.troubles) = (columns, rows, troubles)
    }
}

extension String {
    fileprivate func trimmingSpaces() -> String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
