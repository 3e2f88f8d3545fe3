/// A vote about money as Pabulib's `.pb` files hold it: three sections (`META`, `PROJECTS`, `VOTES`) of lines with
/// `;` between fields.
///
/// The layout is that of Stolicki, Szufa and Talmon, *Pabulib: a participatory budgeting library* (2020), as
/// extended by Faliszewski and others, *Participatory budgeting: data, tools and analysis* (2023). What a count
/// doesn't need (descriptions, categories, ages) is kept as it stood, so that writing gives it back.
public struct Pabulib: Sendable, Hashable {
    /// A line of the first section.
    public struct Entry: Sendable, Hashable {
        /// What it says something of: `budget`.
        public let key: String
        /// What it says.
        public let value: String

        /// An entry.
        public init(_ key: String, _ value: String) { (self.key, self.value) = (key, value) }
    }

    /// The vote itself.
    public let vote: MoneyVote
    /// The first section, in order.
    public let meta: [Entry]
    /// The names of the columns of the second section.
    public let projectColumns: [String]
    /// The second section: the fields of each project, in the order of the columns.
    public let projectFields: [[String]]
    /// The names of the columns of the third section.
    public let voteColumns: [String]
    /// The lines of the third section as they stood, the line ends left out.
    let voteLines: Lines

    /// What the first section says of something.
    public func meta(_ key: String) -> String? { meta.first { $0.key == key }?.value }

    /// One column of the projects, project by project; nothing where the file has none of that name.
    public func column(_ name: String) -> [String]? {
        projectColumns.firstIndex(of: name).map { place in projectFields.map { $0[place] } }
    }

    /// The projects that the file says were funded, by their places; nothing where it doesn't say. A project that
    /// was funded later from elsewhere is marked `2` in some files, and isn't among them.
    public var official: [Int]? {
        column("selected").map { selected in selected.indices.filter { selected[$0] == "1" } }
    }

    /// Lines of text that lie in one piece.
    struct Lines: Sendable, Hashable {
        /// The bytes they lie in.
        var bytes: [UInt8] = []
        /// Where each begins.
        var starts: [UInt32] = []
        /// Where each ends, its line end left out.
        var ends: [UInt32] = []
    }
}

extension Pabulib {
    /// Makes a file of a vote that was held elsewhere.
    ///
    /// - Parameters:
    ///   - vote: what was voted.
    ///   - meta: what else to say at the top: `description`, `country`, `unit` and `instance` are expected by other
    ///     readers. What follows from the vote (the sum, the counts, the kind) is added.
    public init(_ vote: MoneyVote, meta: [Entry] = []) {
        self.vote = vote
        let kind =
            switch vote.kind {
            case .approval: "approval"
            case .points: "scoring"
            case .ranking: "ordinal"
            }
        let own = [
            Entry("num_projects", String(vote.projects.count)), Entry("num_votes", String(vote.voters)),
            Entry("budget", vote.written(vote.budget)), Entry("vote_type", kind),
        ]
        self.meta =
            meta.filter { entry in !own.contains { $0.key == entry.key } } + own
            + (vote.kind == .ranking ? [Entry("max_length", String(vote.ranks))] : [])
        projectColumns = ["project_id", "cost", "name"]
        projectFields = vote.projects.map { [$0.id, vote.written($0.cost), $0.name] }
        voteColumns = vote.kind == .points ? ["voter_id", "vote", "points"] : ["voter_id", "vote"]
        var lines = Lines()
        for voter in 0..<vote.voters {
            var fields = [
                String(voter + 1), vote.ballot(voter).map { vote.projects[$0].id }.joined(separator: ","),
            ]
            if vote.kind == .points {
                let given = vote.points[Int(vote.starts[voter])..<Int(vote.starts[voter + 1])]
                fields.append(
                    given.map { Fixed(units: Int128($0), places: vote.pointPlaces).description }
                        .joined(separator: ","))
            }
            lines.starts.append(UInt32(lines.bytes.count))
            lines.bytes += PabulibWriter.line(fields).utf8
            lines.ends.append(UInt32(lines.bytes.count))
        }
        voteLines = lines
    }
}
