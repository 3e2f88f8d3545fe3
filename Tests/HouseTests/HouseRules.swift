import Testing

@Suite("The house keeps its own rules")
struct HouseRules {
    // MARK: Who may know what

    /// What each kind of file in a room may import, by how its name ends. Any other is the rules themselves.
    static let kinds: [(ending: String, imports: Set<String>)] = [
        ("Storage", ["Foundation", "Storage"]),
        ("Tables", ["Storage"]),
        ("Belongings", ["Foundation", "Storage"]),
        // A page may be handed the visit that it answers, which is a type of Hummingbird's.
        ("Pages", ["Foundation", "Hummingbird", "Markup", "Photographs", "Storage"]),
        ("Context", ["Foundation", "Markup", "Storage"]),
        ("Forms", ["Foundation", "Markup"]),
        ("Sheet", ["Foundation", "Markup"]),
        ("Sentences", ["Foundation", "Markup"]),
        ("Ways", ["Markup"]),
        (
            "Routes",
            [
                "Foundation", "Crypto", "HTTPTypes", "Hummingbird", "Markup", "NIOCore", "Photographs", "Storage",
                "Synchronization",
            ]
        ),
    ]

    /// Rules may say how a value is kept (`Storable`), and that is all that they know of storage.
    static let rules: Set<String> = ["Foundation", "Crypto", "Photographs", "Storage"]
    static let unknownToRules: Set<String> = ["Reader", "Writer", "Row", "SQL", "Database"]

    /// Files that are more than one kind at once, each with the reason why that reads better.
    static let mixed: [String: String] = [
        "Entrance": "the first page and what a house says of itself are short, and read from top to bottom",
        "Keepsake": "words kept in a cookie for a while are HTTP and nothing else",
        "HeldReceipts": "the words that a device holds are a cookie, and what they open is one statement",
        "KeptItems": "pieces of pages, kept for every thread that asks",
        "Concern": "one thing that is only added to: its rule, its two statements",
        "Change": "one thing that is only logged: its rule, its few statements",
        "News": "one page and its one door",
        "ReceiptDeal": "receipts on paper: one page and its few doors",
        "ReceiptFates": "what became of somebody's words, found and shown in one place",
    ]

    @Test("rules know nothing of the web or of the database, pages nothing of requests", arguments: Room.all)
    func layers(room: Room) {
        for file in room.files where Self.mixed[file.name] == nil {
            let kind = Self.kinds.first { file.name.hasSuffix($0.ending) }
            let strangers = file.imports.subtracting(kind?.imports ?? Self.rules)
            #expect(strangers.isEmpty, "\(file.path) imports \(strangers.sorted())")
            let known = kind == nil ? file.names.intersection(Self.unknownToRules) : []
            #expect(known.isEmpty, "\(file.path) knows \(known.sorted()); rules must be readable without a database")
            if kind?.ending == "Pages" {
                let requests = file.names.intersection(["Request", "Response", "Router"])
                #expect(requests.isEmpty, "\(file.path) mentions \(requests.sorted())")
            }
        }
    }

    @Test("every exception is still needed")
    func exceptions() {
        let names = Set(Room.all.flatMap { $0.files.map(\.name) })
        for name in Self.mixed.keys { #expect(names.contains(name), "there is no \(name) any more") }
    }

    @Test("a room knows those before it, and none that comes after", arguments: Room.all)
    func order(room: Room) {
        let place = Room.order.firstIndex(of: room.name)!
        let earlier = Room.all.filter { Room.order.firstIndex(of: $0.name)! <= place }
        let later = Room.all.filter { Room.order.firstIndex(of: $0.name)! > place }
        expect(room.files, toKnowNothingOf: later, butWhatIsIn: earlier)
    }

    @Test("no room knows of what stands above them all", arguments: Room.all)
    func above(room: Room) {
        #expect(Room.above.allSatisfy { !$0.files.isEmpty })
        expect(room.files, toKnowNothingOf: Room.above, butWhatIsIn: Room.all)
    }

    @Test("the house beneath the rooms knows none of them")
    func beneath() {
        // Whoever is at the door is part of every request: a visit carries its person, if there is one.
        let people = Room.all.filter { $0.name == "People" }
        let others = Room.all.filter { $0.name != "People" }
        let house = Source.all(in: "\(Room.folder)/House")
        #expect(house.count > 20)
        expect(house, toKnowNothingOf: others, butWhatIsIn: people)
        let visits = ["Visit", "Refusal", "Layout"]
        let types = Self.union(people.flatMap(\.files).map(\.types))
        for file in house where !visits.contains(file.name) {
            let known = file.names.intersection(types).subtracting(["Person", "Device"])
            #expect(known.isEmpty, "\(file.path) mentions \(known.sorted())")
        }
    }

    /// What is in both, or beneath, or in a library, is no secret of a later room.
    private func expect(_ files: [Source], toKnowNothingOf later: [Room], butWhatIsIn earlier: [Room]) {
        let beneath = ["\(Room.folder)/House", "\(Room.folder)/Post", "Sources/Storage", "Sources/Markup"].flatMap {
            Source.all(in: $0)
        }
        let known = earlier.flatMap(\.files) + beneath + files
        let types = Self.union(later.flatMap(\.files).map(\.types)).subtracting(Self.union(known.map(\.declared)))
        let functions = Self.union(later.flatMap(\.files).map(\.functions))
            .subtracting(Self.union(known.map(\.callable)))
        for file in files {
            let isBeneath = file.path.hasPrefix("\(Room.folder)/House/")
            let named = (isBeneath ? file.known : file.names).intersection(types)
            #expect(named.isEmpty, "\(file.path) mentions \(named.sorted()), of a later room")
            let called = file.calls.intersection(functions).subtracting(Self.everyday)
            #expect(called.isEmpty, "\(file.path) calls \(called.sorted()), of a later room")
        }
    }

    private static func union(_ sets: [Set<String>]) -> Set<String> { sets.reduce(into: []) { $0.formUnion($1) } }

    /// Names that Swift's own types have too.
    static let everyday: Set<String> = [
        "open", "close", "remove", "append", "map", "filter", "add", "set", "sorted", "contains",
    ]

    @Test("only Storage knows which database it is, and only Roundtable that it is the web")
    func libraries() {
        let owners = [
            "GRDB": "Storage", "GRDBSQLite": "Storage", "CSQLite": "Storage", "CPostgres": "Storage",
            "Hummingbird": "Roundtable",
            "CZip": "Roundtable", "CPictures": "Photographs", "CConfine": "Photographs", "CThrift": "Roundtable",
            "CQRCode": "Roundtable", "ArgumentParser": "Command", "Roundtable": "Command",
        ]
        let libraries = [
            "Storage", "Markup", "Opinions", "Tallies", "Transcripts", "Print", "Federation", "Photographs",
        ]
        for file in Source.all(in: "Sources") {
            let target = String(file.path.split(separator: "/")[1])
            for (module, owner) in owners where file.imports.contains(module) {
                #expect(target == owner, "\(file.path) imports \(module)")
            }
            guard libraries.contains(target) else { continue }
            let others = file.imports.intersection(libraries)
            #expect(others.isEmpty, "\(file.path) imports \(others.sorted()), another library")
        }
    }

    @Test("every step that a room has for its tables stands in the one list, which says when it is taken")
    func migrations() throws {
        let list = try #require(
            Source.read("\(Room.folder)/Migrations.swift").firstMatch(of: /all: \[Migration\] = \[([^\]]*)\]/))
        let listed = list.output.1.matches(of: /\w+/).map { String($0.output) }
        let written = Source.all(in: Room.folder, ending: "Tables.swift").flatMap {
            $0.text.matches(of: /static let (\w+) = Migration\(/).map { String($0.output.1) }
        }
        #expect(!written.isEmpty && listed.sorted() == written.sorted())
    }

    // MARK: What pages are made of

    @Test("what people say is never trusted to be HTML, nor joined to it as text")
    func trusting() {
        for file in Source.all(in: "Sources") where file.path != "Sources/Markup/HTML.swift" {
            #expect(!file.lexed.code.contains("trusting:"), "\(file.path) trusts something to be HTML")
        }
    }

    /// Pages that are not quite pages, each with the reason.
    static let samples: [String: String] = [
        "Examples": "components in development, with made-up words in them",
        "Parcel": "a file to take along, which looks right without this house and is never served",
    ]

    @Test("no sentence stands in a page: each is in the word catalogue")
    func sentences() {
        for file in Source.all(in: Room.folder) where Self.samples[file.name] == nil {
            for literal in file.lexed.literals where literal.text.contains(/<\/?[a-z]/) {
                let shown = literal.text.split(separator: /<[^>]*>/).filter {
                    $0.contains(/[A-Za-z]{2,} +[A-Za-z]{2,}/)
                }
                #expect(shown.isEmpty, "\(file.path):\(literal.line) says \(shown)")
            }
        }
    }

    @Test("nothing in a page runs or is styled from within it")
    func inline() {
        let inlined = /<script(?![^>]*\bsrc=)|<style|\sstyle="|\son[a-z]+="|javascript:/
        for file in Source.all(in: Room.folder) where Self.samples[file.name] == nil {
            for literal in file.lexed.literals {
                #expect(literal.text.firstMatch(of: inlined) == nil, "\(file.path):\(literal.line)")
            }
        }
    }

    @Test("forms are made in one place, where they are guarded against forgery")
    func forms() {
        for file in Source.all(in: Room.folder) where !["Layout", "Form", "Fields", "Components"].contains(file.name) {
            for literal in file.lexed.literals {
                #expect(!literal.text.contains("<form"), "\(file.path):\(literal.line) writes a form by hand")
            }
        }
    }

    // MARK: Reading sources

    @Test("the reader of sources tells code from texts and comments")
    func lexing() {
        let source = ##"""
            let a = "one \(value + "two") three" // "four"
            /* five */ let b = #"six \n \#(seven)"#
            let c = x / y / z, d = z.firstMatch(of: /"[^"]*/), e = "eight \"nine\""
            """##
        let lexed = Lexed(source)
        #expect(lexed.literals.map(\.text) == ["two", "one * three", "six \\n *", "eight \"nine\""])
        #expect(lexed.literals.map(\.line) == [1, 1, 2, 3])
        #expect(lexed.code.contains("value +") && lexed.code.contains("seven") && lexed.code.contains("x / y / z"))
        #expect(!lexed.code.contains("four") && !lexed.code.contains("five") && !lexed.code.contains("eight"))
    }
}
