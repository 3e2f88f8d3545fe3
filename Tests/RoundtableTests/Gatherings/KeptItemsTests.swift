import Markup
import Testing

@testable import Roundtable

@Suite("What a list said is kept while it is so")
struct KeptItemsTests {
    private let kept = KeptItems()
    private let words: Words

    init() throws {
        words = Words(try Catalogue(json: ["en": Array("{}".utf8), "cy": Array("{}".utf8)]), language: "en")
    }

    @Test("the same words, looked at alike, are written once")
    func once() {
        let said = said("The bus stops too far away.")
        #expect(times(said) == 1)
        #expect(times(said) == 0)
        #expect(times(said, isMine: true) == 1)
        #expect(times(said) == 0)
    }

    @Test("what changed in any way is written anew, for everybody")
    func changed() {
        let id = ID<Contribution>.anonymous()
        #expect(times(said("The bus stops too far away.", id)) == 1)
        #expect(times(said("The bus stops too far away.", id), isMine: true) == 1)
        #expect(times(said("The bus stops too far away.", id, by: "Asha")) == 1)
        #expect(times(said("", id, by: "Asha")) == 1)
        #expect(times(said("", id, by: "Asha"), isMine: true) == 1)
    }

    @Test("what is let go of is not there to be shown")
    func forgotten() {
        let said = said("The bus stops too far away.")
        #expect(times(said) == 1)
        kept.forget(said.contribution.id)
        #expect(times(said) == 1)
    }

    @Test("more than are kept are written all the same, in their order")
    func many() {
        let many = (0...KeptItems.most).map { said("\($0)") }
        let items = kept.items(many, look: { _ in look(isMine: false) }, write: { HTML(text: $0.contribution.words) })
        #expect(items.map(\.string) == many.map(\.contribution.words))
    }

    /// How many times it had to be written.
    private func times(_ said: Said, isMine: Bool = false) -> Int {
        var count = 0
        let items = kept.items([said]) { _ in
            look(isMine: isMine)
        } write: {
            count += 1
            return HTML(text: $0.contribution.words)
        }
        #expect(items.map(\.string) == [said.contribution.words])
        return count
    }

    private func look(isMine: Bool) -> KeptItems.Look {
        KeptItems.Look(isMine: isMine, isMember: true, reading: words.reading)
    }

    private func said(_ words: String, _ id: ID<Contribution> = .anonymous(), by name: String? = nil) -> Said {
        let now = Moment(1_772_791_200_000)
        let contribution = Contribution(
            id: id, project: Self.project, gathering: nil, giver: .nobody, scribe: nil, words: words, language: "en",
            direction: "ltr", isSigned: name != nil, wall: .no, shared: now, said: now, mended: nil,
            readBack: nil, takenBack: nil, changed: 1, version: 1)
        return Said(
            contribution: contribution, name: name, scribe: nil, number: nil, setAside: nil, gatheringName: nil,
            picture: nil)
    }

    private static let project = ID<Project>.anonymous()
}
