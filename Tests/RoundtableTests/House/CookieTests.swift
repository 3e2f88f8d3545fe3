import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import Roundtable

@Suite("A cookie is found by its whole name")
struct CookieTests {
    private func request(_ cookies: String...) -> Request {
        var headers = HTTPFields()
        for cookie in cookies { headers.append(HTTPField(name: .cookie, value: cookie)) }
        let head = HTTPRequest(method: .get, scheme: "http", authority: "here", path: "/", headerFields: headers)
        return Request(head: head, body: .init(buffer: ByteBuffer()))
    }

    @Test("wherever it stands, and in whichever line")
    func found() {
        #expect(request("guard=a").cookie("guard") == "a")
        #expect(request("language=cy; guard=a=b").cookie("guard") == "a=b")
        #expect(request("language=cy", "roundtable=x;guard=a").cookie("guard") == "a")
        #expect(request("guard=").cookie("guard") == "")
    }

    @Test("not by a part of a name, nor in another's value")
    func notFound() {
        #expect(request("guardian=a; my-guard=b").cookie("guard") == nil)
        #expect(request("other=guard=a").cookie("guard") == nil)
        #expect(request("guard").cookie("guard") == nil)
        #expect(request().cookie("guard") == nil)
    }
}
