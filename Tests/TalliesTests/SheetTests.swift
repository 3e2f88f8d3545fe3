import Tallies
import Testing

@Suite("Sheets, ABIF and categories are read strictly and written back the same")
struct SheetTests {
    private func read(_ text: String) throws -> Ballots { try BallotSheet.read(Array(text.utf8)) }

    @Test("a column for each option holds ranks, and the same rank twice is shared")
    func options() throws {
        let ballots = try read("id,\"Ann, the first\",Ben,Cat\n1,2,1,1\n2,1,,3\n")
        #expect(ballots.options == ["Ann, the first", "Ben", "Cat"])
        #expect(Array(ballots.marks(of: 0)) == [Mark(1), Mark(2, isTied: true), Mark(0)])
        #expect(Array(ballots.marks(of: 1)) == [Mark(0), .skipped, Mark(2)])
    }

    @Test("columns for ranks hold names, overvotes and skipped ranks, and write back the same")
    func ranks() throws {
        let text = "Precinct,Rank 1,Rank 2,Rank 3,count\nX,Ann,undervote,Ben|Cat,4\nX,overvote,Ben,,1\n"
        let ballots = try read(text)
        #expect(ballots.options == ["Ann", "Ben", "Cat"] && ballots.counts == [4, 1])
        #expect(Array(ballots.marks(of: 0)) == [Mark(0), .skipped, Mark(1), Mark(2, isTied: true)])
        #expect(Array(ballots.marks(of: 1)) == [.overvote, Mark(1)])
        #expect(try read(BallotSheet.write(ballots)) == ballots)
    }

    @Test(
        "a sheet that is not right is refused at its line",
        arguments: [
            ("", 0), ("A,A\n1,2\n", 1), ("A,\n1,2\n", 1), ("A,B\n1,x\n", 2), ("A,B\n1,2,3\n", 2), ("A,B\n\"1,2\n", 2),
            ("count,A\n0,1\n", 2), ("A,B\n\n0,1\n", 3), ("A,B\n12345,1\n", 2), ("A\n\"1\"x\n", 2),
            // After a row that leaves a rank out, and so is read twice.
            ("A,B\n1,3\n1,x\n", 3),
        ])
    func refused(text: String, line: Int) {
        let error = #expect(throws: Misread.self) { try read(text) }
        #expect(error?.line == line, "\(String(describing: error))")
    }

    @Test("figures and categories read, and write back the same")
    func scores() throws {
        let scores = try ScoreSheet.read(Array("count,A,B\n2,5,\n1,0,3\n".utf8))
        #expect(scores.sums == [10, 3] && scores.supporters() == [2, 1] && scores.total == 3)
        #expect(try ScoreSheet.read(Array(ScoreSheet.write(scores).utf8)) == scores)
        #expect(throws: Misread.self) { try ScoreSheet.read(Array("A,B\n5\n".utf8)) }
        let heading = "# DATA TYPE: cat\n# NUMBER ALTERNATIVES: 3\n# NUMBER CATEGORIES: 2\n"
        let marks = try PrefLib.readCategories(Array((heading + "4: {1,3},2\n1: {},{1,2}\n").utf8))
        #expect(marks.supporters() == [4, 0, 4] && marks.ballot(1).last == Scores.none)
        #expect(try PrefLib.readCategories(Array(PrefLib.write(marks).utf8)) == marks)
        for bad in ["1: {1,1},2", "1: 4,1", "1: {1", "1: 1,2,3", "1: 1"] {
            #expect(throws: Misread.self) { try PrefLib.readCategories(Array((heading + bad).utf8)) }
        }
    }

    @Test("ABIF holds orders and scores")
    func abif() throws {
        let text = """
            {title: "Where to meet"}
            # a remark
            =H:[The hall]
            27:H/5>Café/3=[The park]/3
            3:Café/4, H/1   # scores alone
            """
        let document = try ABIF.read(Array(text.utf8))
        #expect(
            document.ballots.options == ["The hall", "Café", "The park"] && document.ballots.title == "Where to meet")
        #expect(Array(document.ballots.marks(of: 0)) == [Mark(0), Mark(1), Mark(2, isTied: true)])
        #expect(Array(document.ballots.marks(of: 1)) == [Mark(1), Mark(0)])
        #expect(document.scores?.sums == [138, 93, 81])
        #expect(try ABIF.read(Array(ABIF.write(document.ballots).utf8)).ballots == document.ballots)
        #expect(try ABIF.read(Array(ABIF.write(document.scores!).utf8)).scores == document.scores)
        for bad in ["x", "1 A", "1:", "1:A>A", "1:A,B", "1:A/x", "1:[A", "=A", "{title", "1:A B"] {
            #expect(throws: Misread.self, "\(bad)") { try ABIF.read(Array(bad.utf8)) }
        }
    }

    @Test("answers are read by side")
    func answers() throws {
        let sides = try AnswerSheet.read(Array("side,answer,count\na,yes,3\nb,no,1\na,object,1\n".utf8))
        #expect(sides.map(\.name) == ["a", "b"] && sides[0].answers.yes == 3 && sides[0].answers.objections == 1)
        let again = try AnswerSheet.read(Array(AnswerSheet.write(sides).utf8))
        #expect(again.map(\.answers) == sides.map(\.answers))
        #expect(throws: Misread.self) { try AnswerSheet.read(Array("answer\nperhaps\n".utf8)) }
        #expect(throws: Misread.self) { try AnswerSheet.read(Array("side\na\n".utf8)) }
    }
}
