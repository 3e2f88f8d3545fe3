/// `summary.csv`: what a conversation was about, and how many took part. A name and a value on each line.
public struct SummaryExport: Sendable, Equatable {
    /// In the order of the file. Older exports have `views`, newer ones don't.
    public var entries: [Entry]
    public var layout: FileLayout

    public struct Entry: Sendable, Equatable {
        public var name: String
        public var value: String
        /// Whether the value is in quotes, needed or not.
        public var isQuoted: Bool

        public init(_ name: String, _ value: String, isQuoted: Bool = false) {
            (self.name, self.value, self.isQuoted) = (name, value, isQuoted)
        }
    }

    public init(_ entries: [Entry], layout: FileLayout = FileLayout()) {
        (self.entries, self.layout) = (entries, layout)
    }

    /// The value of a name, if the file has it.
    public subscript(_ name: String) -> String? { entries.first { $0.name == name }?.value }

    public var topic: String? { self["topic"] }
    /// The address at which people took part.
    public var url: String? { self["url"] }
    /// What people were told when they came.
    public var about: String? { self["conversation-description"] }

    /// Reads a file.
    ///
    /// - Throws: an ``ExportTrouble`` at the first thing that makes no sense.
    public init(reading bytes: [UInt8]) throws(ExportTrouble) {
        var reader = try CSVReader(bytes)
        var (entries, names): ([Entry], Set<String>) = ([], [])
        while try reader.next(open: 1) {
            guard reader.values.count == 2 else {
                throw reader.trouble(.values(reader.values.count, of: 2), at: reader.start)
            }
            guard entries.count < ExportLimits.mostColumns else {
                throw reader.trouble(.tooMany(.entry, limit: ExportLimits.mostColumns), at: reader.start)
            }
            let (name, value) = (try reader.text(reader.values[0]), reader.values[1])
            guard names.insert(name).inserted else { throw reader.trouble(.nameTwice(name), at: reader.start) }
            entries.append(Entry(name, try reader.text(value), isQuoted: value.isQuoted))
        }
        self.init(entries, layout: reader.layout)
    }

    /// The file, as bytes.
    public func written() -> [UInt8] {
        var writer = CSVWriter(layout)
        for entry in entries {
            writer.text(entry.name)
            writer.text(entry.value, entry.isQuoted ? .always : .never)
            writer.endLine()
        }
        return writer.finished()
    }
}
