import Foundation
import Testing

@testable import Roundtable

@Suite("An id is a UUID, and nothing else")
struct IDTests {
    @Test("whatever Foundation reads as a UUID is an id, and is written small")
    func read() throws {
        for _ in 0..<100 {
            let uuid = UUID()
            let small = uuid.uuidString.lowercased()
            #expect(ID<Person>(uuid.uuidString)?.text == small)
            #expect(ID<Person>(small)?.text == small)
            #expect(ID<Person>("(\(small))".dropFirst().dropLast())?.text == small)
        }
    }

    @Test(
        "nothing else is",
        arguments: [
            "", "01a1fe0b", "01a1fe0b-f278-70c2-a467-9ed3612d8bb", "01a1fe0b-f278-70c2-a467-9ed3612d8bb00",
            "01a1fe0bf278-70c2-a467-9ed3612d8bb0-", "01a1fe0b-f278-70c2-a467-9ed3612d8bbg",
            "01a1fe0b-f27870c2--a467-9ed3612d8bb0", "01a1fe0b1f278170c21a46719ed3612d8bb0",
            "01a1fe0b-f278-70c2-a467-9ed3612d8b\u{E9}", "01a1fe0b-f278-70c2-a467-9ed3612d8b' ",
            "{1a1fe0b-f278-70c2-a467-9ed3612d8bb}",
        ])
    func refused(text: String) {
        #expect(ID<Person>(text) == nil)
    }
}
