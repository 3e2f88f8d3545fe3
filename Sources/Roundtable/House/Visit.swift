import Hummingbird
import Markup
import NIOCore

/// One request as this house sees it: who is at the door, in which language, with what in hand.
struct Visit: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    /// What the page sent, already read and checked against forgery (`Reception`).
    var form = Form()
    /// The file that came with it, where the page asked for one.
    var upload: Upload?
    /// Why what was sent could not be read as a form, if it could not.
    var unread: (any Error)?
    /// What every form of this visit must send back to be believed (`Reception`).
    var guardToken = ""
    /// Whether a page of ours sent it (`Reception`).
    var sender = Sender.unsaid
    /// Whom our own proxy asks for, where it stands between us (`Reception`).
    var forwarded: String?
    /// Whether others can read along (`Reception`).
    var reach = Reach.safe
    /// The reader's language: chosen on this device, else the one that its person chose before, else what the browser
    /// asks for.
    var words: Words
    /// How pages look on this device (`Reception`).
    var display = Display()
    /// The person whom this device belongs to, when it is known (`Doorkeeper`).
    var person: Person?
    var device: ID<Device>?
    /// Where this visit was going, path only.
    var path = "/"
    /// Where a form that stands on every page leads back to: the page itself with its query, or the first one when the page is an
    /// answer that has no address of its own.
    var comesBackTo = "/"
    /// What followed the path, by name.
    var query: [String: String] = [:]

    /// Where the request came from, for counting wrong guesses; never written down.
    var network: String { forwarded ?? peer }
    /// Who is at the other end of the connection.
    var peer: String { channel.remoteAddress?.ipAddress ?? "here" }

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
        words = Self.unspoken
    }

    /// Held only until `Reception` has asked which language the reader wants.
    private static let unspoken = Words(try! Catalogue(json: [Catalogue.fallback: Array("{}".utf8)]), language: "en")
}

/// Any context that knows its visit: the plain one, and those that ask for somebody known.
protocol Visiting: RequestContext {
    var visit: Visit { get }
}

extension Visit: Visiting {
    var visit: Visit { self }
}

extension Visiting {
    var t: Words { visit.words }
    var form: Form { visit.form }

    /// The id in the address, or the same answer as for something that isn't there.
    func id<Thing>(_ name: String, of: Thing.Type = Thing.self) throws -> ID<Thing> {
        guard let id = parameters.get(name).flatMap({ ID<Thing>($0) }) else { throw Missing() }
        return id
    }

    /// A plain part of the address.
    func parameter(_ name: String) throws -> String {
        guard let text = parameters.get(name) else { throw Missing() }
        return text
    }
}

/// A visit by somebody this house knows. Without one, the visitor is asked to come in first.
struct PersonContext: ChildRequestContext, Visiting {
    var coreContext: CoreRequestContextStorage
    let visit: Visit
    let person: Person

    init(context: Visit) throws {
        guard let person = context.person else { throw SignInFirst() }
        coreContext = context.coreContext
        visit = context
        self.person = person
    }
}

/// A visit by a keeper of this house. To anybody else these pages don't exist.
struct KeeperContext: ChildRequestContext, Visiting {
    var coreContext: CoreRequestContextStorage
    let visit: Visit
    let person: Person

    init(context: Visit) throws {
        guard let person = context.person, person.keeps else { throw Missing() }
        coreContext = context.coreContext
        visit = context
        self.person = person
    }
}
