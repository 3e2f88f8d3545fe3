import Tallies
import Testing

@Suite("Every rule explains itself")
struct RuleTests {
    @Test("in two sentences and an example that it counts", arguments: Rule.all.map(\.name))
    func explained(name: String) throws {
        let rule = try #require(Rule.named(name))
        #expect(rule.explanation.count { $0 == "." || $0 == ":" } >= 1 && rule.explanation.hasSuffix("."))
        #expect(rule.explained.count > 6, "the example of \(name) does not count")
        #expect(rule.story.hasSuffix("."))
    }

    @Test("no two rules share a name, and settings that a rule does not have are refused")
    func settings() throws {
        #expect(Set(Rule.all.map(\.name)).count == Rule.all.count)
        let rule = try #require(Rule.named("instant-runoff"))
        let papers = try Papers.read(Array("2:A>B\n1:B\n".utf8), ending: "abif", for: rule)
        var asked = Rule.Asked()
        #expect(try rule.count(papers, asked).winnerNames == ["A"])
        asked.settings = ["colour": "blue"]
        #expect(throws: Uncountable.self) { try rule.count(papers, asked) }
        asked.settings = [:]
        asked.seats = 2
        #expect(throws: Uncountable.self) { try rule.count(papers, asked) }
        #expect(throws: Uncountable.self) { try #require(Rule.named("approval")).count(papers, Rule.Asked()) }
        #expect(throws: Misread.self) { try Papers.read([], ending: "pdf", for: nil) }
    }

    @Test("what is printed as JSON and as a sheet holds the winners and every figure")
    func printed() throws {
        let rule = try #require(Rule.named("scottish-stv"))
        var asked = Rule.Asked()
        asked.seats = 2
        let papers = try Papers.read(Array("9:Ann>\"B \"\n6:Cat\n".utf8), ending: "abif", for: rule)
        let outcome = try rule.count(papers, asked)
        #expect(outcome.json().hasPrefix("{\"winners\":[\"Ann\",\"Cat\"]"))
        #expect(outcome.json().contains("[\"Ann\",\"9.00000\"]"))
        #expect(outcome.csv.hasPrefix("stage,kind,option,to,figure,text\n1,has,Ann,,9.00000,\n"))
    }
}
