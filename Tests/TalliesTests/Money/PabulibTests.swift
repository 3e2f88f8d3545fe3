import Testing

@testable import Tallies

@Suite("Reading and writing .pb files")
struct PabulibTests {
    static let small = """
        META
        key;value
        description;A street
        num_projects;3
        num_votes;4
        budget;100.50
        vote_type;approval
        PROJECTS
        project_id;cost;name;selected
        a;40;"Benches; and a ""tree\""";1
        b2;60.5;Lights;0
        a long id;0.5;;0
        VOTES
        voter_id;vote;age
        1;a,b2;30
        2;;
        3;"a long id,a";"4;5"
        4;b2;60
        """

    private func read(_ text: String) throws -> Pabulib { try Pabulib(reading: Array(text.utf8)) }

    @Test("a small file is read as it was meant")
    func small() throws {
        let file = try read(Self.small)
        #expect(file.vote.budget == 1005)
        #expect(file.vote.places == 1)
        #expect(file.vote.projects.map(\.cost) == [400, 605, 5])
        #expect(file.vote.projects[0].name == "Benches; and a \"tree\"")
        #expect((0..<4).map(file.vote.ballot) == [[0, 1], [], [2, 0], [1]])
        #expect(file.meta("description") == "A street")
        #expect(file.official == [0])
        #expect(file.column("selected") == ["1", "0", "0"])
        #expect(file.column("category") == nil)
    }

    @Test("what is written reads the same again", arguments: ["\n", "\r\n"])
    func roundTrip(lineEnd: String) throws {
        let text = Self.small.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: lineEnd)
        let file = try read(text)
        let again = try Pabulib(reading: file.bytes)
        #expect(again.vote == file.vote)
        #expect(again.meta == file.meta)
        #expect(again.projectFields == file.projectFields)
        #expect(again.bytes == file.bytes)
        #expect(String(decoding: file.bytes, as: UTF8.self) == Self.small + "\n")
    }

    @Test("a mark before the text and empty lines are passed over")
    func marks() throws {
        #expect(try read("\u{FEFF}" + Self.small + "\n\n\n").vote == read(Self.small).vote)
    }

    @Test("a vote that was held elsewhere can be written and read", arguments: [0, 1, 2])
    func made(kind: Int) throws {
        let projects = [
            MoneyVote.Project(id: "x", name: "One; two", cost: 3), MoneyVote.Project(id: "y", cost: 4),
        ]
        let kinds: [MoneyVote.Kind] = [.approval, .points, .ranking]
        let vote = try MoneyVote(
            kinds[kind], budget: 5, projects: projects, ballots: [[0, 1], [], [1, 0]], points: [[1, 2], [], [3, 1]])
        let file = Pabulib(vote, meta: [.init("description", "ours")])
        let again = try Pabulib(reading: file.bytes)
        #expect(again.vote == vote)
        #expect(again.meta("description") == "ours")
        #expect(again.meta("num_votes") == "3")
    }

    @Test("points may have decimals, in one unit for all")
    func points() throws {
        let file = try read(
            """
            META
            key;value
            budget;10
            vote_type;cumulative
            PROJECTS
            project_id;cost
            a;1
            b;2
            VOTES
            voter_id;vote;points
            1;a,b;1,2
            2;b;0.25
            3;;
            4;a;-1.50
            """)
        #expect(file.vote.pointPlaces == 2)
        #expect(file.vote.points == [100, 200, 25, -150])
    }

    @Test("the first place of a ranking is worth as many points as there are places")
    func ranking() throws {
        let text = """
            META
            key;value
            budget;10
            vote_type;ordinal
            max_length;3
            PROJECTS
            project_id;cost
            a;1
            b;2
            c;2
            d;2
            VOTES
            voter_id;vote
            1;c,a
            """
        let vote = try read(text).vote
        #expect(vote.ranks == 3)
        #expect(GreedySpending.totals(vote, .score) == [2, 0, 3, 0])
        #expect(GreedySpending.totals(vote, .borda) == [0, 0, 1, 0])
        #expect(GreedySpending.totals(vote, .cardinality) == [1, 0, 1, 0])
    }

    @Test(
        "what is wrong is refused with its line",
        arguments: [
            ("a,b2;30", "a,a;30", 15, "twice"),
            ("a,b2;30", "a,c;30", 15, "no such project"),
            ("a,b2;30", "a,b2", 15, "fields"),
            ("a,b2;30", "a,b2;30;1", 15, "fields"),
            ("a,b2;30", "a,,b2;30", 15, "no such project"),
            ("\"a long id,a\"", "\"a long id,a", 17, "never closed"),
            ("\"4;5\"", "\"4;5", 17, "never closed"),
            ("\"4;5\"", "\"4;5\"x", 17, "A field ends"),
            ("num_votes;4", "num_votes;5", 5, "announces 5 votes"),
            ("num_projects;3", "num_projects;2", 4, "announces 2 projects"),
            ("budget;100.50", "budget;much", 6, "The budget is a number"),
            ("budget;100.50", "budget;-1", 6, "The budget is a number"),
            ("budget;100.50", "budget;1000000000000001", 6, "The budget is a number"),
            ("budget;100.50", "money;1", 0, "“budget”"),
            ("vote_type;approval", "vote_type;acclaim", 7, "no kind of vote"),
            ("vote_type;approval", "budget;3", 7, "said twice"),
            ("b2;60.5", "a;60.5", 11, "two projects"),
            ("b2;60.5", ";60.5", 11, "an id without a comma"),
            ("b2;60.5", "b2;", 11, "The cost is a number"),
            ("b2;60.5", "b2;60,5,1", 11, "The cost is a number"),
            ("Lights;0", "Lights", 11, "fields"),
            ("project_id;cost", "id;cost", 9, "project_id"),
            ("voter_id;vote;age", "voter_id;votes;age", 14, "column “vote”"),
            ("PROJECTS", "VOTES", 8, "After META comes PROJECTS"),
            ("META", "metal", 1, "begins with a line that says META"),
            ("key;value", "value;key", 2, "key;value"),
        ])
    func refused(_ original: String, _ broken: String, line: Int, says: String) throws {
        let text = Self.small.replacing(original, with: broken, maxReplacements: 1)
        try #require(text != Self.small)
        let misread = #expect(throws: Misread.self) { try read(text) }
        #expect(misread?.line == line)
        #expect(misread?.sentence.contains(says) == true, "\(misread?.sentence ?? "")")
    }

    @Test("a file that was cut off anywhere is refused, or was complete")
    func cutOff() {
        let bytes = Array(Self.small.utf8)
        for length in 0..<(bytes.count - "4;b2;60".utf8.count) {
            #expect(throws: Misread.self) { try Pabulib(reading: Array(bytes[..<length])) }
        }
    }

    @Test("bytes that are no UTF-8 are refused")
    func notText() throws {
        var bytes = Array(Self.small.utf8)
        let place = try #require(bytes.firstIndex(of: UInt8(ascii: "L")))
        bytes[place] = 0xFF
        let misread = #expect(throws: Misread.self) { try Pabulib(reading: bytes) }
        #expect(misread?.line == 11)
    }
}
