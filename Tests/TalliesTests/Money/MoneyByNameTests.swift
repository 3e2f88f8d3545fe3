import Testing

@testable import Tallies

@Suite("Rules for money and committees by their names")
struct MoneyByNameTests {
    private let file = """
        META
        key;value
        budget;100.00
        vote_type;approval
        PROJECTS
        project_id;cost
        a;90.00
        b;30.50
        c;25.00
        VOTES
        voter_id;vote
        1;a
        2;a
        3;a
        4;b
        5;c
        """

    private func count(_ rule: String, _ settings: [String: String]) throws -> [String] {
        let rule = try #require(Rule.named(rule))
        var asked = Rule.Asked()
        (asked.settings, asked.ties) = (settings, .order([]))
        return try rule.count(try Papers.read(Array(file.utf8), ending: "pb", for: rule), asked).winnerNames
    }

    @Test("settings are handed to the rule")
    func settings() throws {
        #expect(try count("greedy", [:]) == ["a"])
        #expect(try count("greedy", ["satisfaction": "cardinality"]) == ["c", "b"])
        #expect(try count("equal-shares", [:]) == [])
        #expect(try count("equal-shares", ["fill": "utility"]) == ["a"])
        #expect(try count("equal-shares", ["raise": "until-exceeded"]) == ["c"])
        #expect(try count("equal-shares", ["raise": "until-exhausted", "step": "40"]) == [])
        #expect(try count("phragmen", [:]) == ["c"])
    }

    @Test("settings that make no sense are refused")
    func refused() throws {
        #expect(throws: Uncountable.self) { try count("greedy", ["satisfaction": "joy"]) }
        #expect(throws: Uncountable.self) { try count("greedy", ["raise": "until-exceeded"]) }
        #expect(throws: Uncountable.self) { try count("equal-shares", ["step": "0"]) }
        #expect(throws: Uncountable.self) { try count("equal-shares", ["raise": "yes"]) }
        #expect(throws: Uncountable.self) { try count("pav", [:]) }
    }

    @Test("what is explained says two sentences and counts its example", arguments: Rule.money + Rule.committees)
    func explained(rule: Rule) {
        let lines = rule.explained
        #expect(rule.explanation.count { $0 == "." } == 2)
        #expect(lines.contains("Stage 1"))
        #expect(lines.last?.hasPrefix("Winners: ") == true)
    }
}
