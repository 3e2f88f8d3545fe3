/// `stats-history.csv`: how many votes, statements and people there were after each thing that happened.
public struct HistoryExport: Sendable, Equatable {
    public var moments: [Moment]
    public var layout: FileLayout

    public init(_ moments: [Moment], layout: FileLayout = FileLayout()) {
        (self.moments, self.layout) = (moments, layout)
    }

    /// The counts after one more vote, statement or visit.
    public struct Moment: Sendable, Equatable {
        public var votes, comments, visitors, voters, commenters: Int

        public init(votes: Int, comments: Int, visitors: Int, voters: Int, commenters: Int) {
            (self.votes, self.comments, self.visitors) = (votes, comments, visitors)
            (self.voters, self.commenters) = (voters, commenters)
        }
    }

    static let columns = ["n-votes", "n-comments", "n-visitors", "n-voters", "n-commenters"]

    /// Reads a file.
    ///
    /// - Throws: an ``ExportTrouble`` at the first thing that makes no sense.
    public init(reading bytes: [UInt8]) throws(ExportTrouble) {
        var reader = try CSVReader(bytes)
        let header = try CSVHeader(&reader)
        for (place, name) in Self.columns.enumerated() where try header.needed(name) != place {
            throw reader.trouble(.noColumn(name), of: reader.values[place])
        }
        if header.names.count > Self.columns.count {
            throw reader.trouble(
                .unknownColumn(header.names[Self.columns.count]), of: reader.values[Self.columns.count])
        }
        var moments: [Moment] = []
        while try header.next(&reader) {
            func number(_ place: Int) throws(ExportTrouble) -> Int {
                try reader.number(reader.values[place], of: Self.columns[place])
            }
            moments.append(
                Moment(
                    votes: try number(0), comments: try number(1), visitors: try number(2), voters: try number(3),
                    commenters: try number(4)))
        }
        self.init(moments, layout: reader.layout)
    }

    /// The file, as bytes.
    public func written() -> [UInt8] {
        var writer = CSVWriter(layout, roughly: moments.count * 24)
        for name in Self.columns { writer.text(name) }
        writer.endLine()
        for moment in moments {
            writer.number(moment.votes)
            writer.number(moment.comments)
            writer.number(moment.visitors)
            writer.number(moment.voters)
            writer.number(moment.commenters)
            writer.endLine()
        }
        return writer.finished()
    }
}
