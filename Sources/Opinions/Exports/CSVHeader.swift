/// Which column stands where: the first line of a table.
struct CSVHeader {
    let names: [String]
    private let values: [CSVReader.Value]

    /// Reads the first record of a file as the names of its columns.
    init(_ reader: inout CSVReader, most: Int = ExportLimits.mostColumns) throws(ExportTrouble) {
        _ = try reader.next()
        var (names, seen): ([String], Set<String>) = ([], [])
        guard reader.values.count <= most else {
            throw reader.trouble(.tooMany(.column, limit: most), of: reader.values[most])
        }
        for value in reader.values {
            let name = try reader.text(value)
            guard seen.insert(name).inserted else { throw reader.trouble(.columnTwice(name), of: value) }
            names.append(name)
        }
        (self.names, values) = (names, reader.values)
    }

    /// The place of a column that may not be there.
    func place(_ name: String) -> Int? { names.firstIndex(of: name) }

    /// The place of a column that must be there.
    func needed(_ name: String) throws(ExportTrouble) -> Int {
        guard let place = place(name) else { throw ExportTrouble(.noColumn(name), line: 1, column: 1) }
        return place
    }

    /// Reads the next record and holds it to the number of columns; false at the end of the file.
    func next(_ reader: inout CSVReader, open: Int? = nil) throws(ExportTrouble) -> Bool {
        guard try reader.next(open: open) else { return false }
        guard reader.values.count == names.count else {
            let first = reader.values.count > names.count ? reader.values[names.count].range.lowerBound : reader.start
            throw reader.trouble(.values(reader.values.count, of: names.count), at: first)
        }
        return true
    }
}
