/// A sentence of the interface, cut once into what is fixed and what is filled in.
struct Sentence: Sendable, Equatable {
    enum Piece: Sendable, Equatable {
        case text(String)
        /// `{name}`
        case place(String)
        /// `<link>`
        case opens(String)
        /// `</link>`
        case closes(String)
    }

    let pieces: [Piece]
    /// The whole sentence when nothing in it is filled in or marked, which is most of them.
    let plain: String?

    /// Cuts `written` at `{places}` and `<marks>…</marks>`.
    /// - Throws: `Catalogue.Fault` when a place or a mark is left open, or marks cross.
    init(_ written: String) throws(Catalogue.Fault) {
        guard written.utf8.contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "<") }) else {
            (pieces, plain) = ([.text(written)], written)
            return
        }
        var cutter = Cutter(rest: written[...])
        try cutter.cut()
        (pieces, plain) = (cutter.pieces, nil)
    }

    /// A sentence of these pieces, whose marks are known to match.
    init(_ pieces: [Piece]) {
        self.pieces = pieces
        let texts = pieces.compactMap { if case .text(let text) = $0 { text } else { nil } }
        plain = texts.count == pieces.count ? texts.joined() : nil
    }
}

/// Cuts a written sentence into pieces.
private struct Cutter {
    var rest: Substring
    var pieces: [Sentence.Piece] = []
    private var open: [String] = []

    init(rest: Substring) { self.rest = rest }

    mutating func cut() throws(Catalogue.Fault) {
        while let place = rest.firstIndex(where: { $0 == "{" || $0 == "<" }) {
            if place > rest.startIndex { pieces.append(.text(String(rest[..<place]))) }
            let isPlace = rest[place] == "{"
            let inside = rest[rest.index(after: place)...]
            guard let end = inside.firstIndex(of: isPlace ? "}" : ">") else { throw .unclosed(String(rest[place...])) }
            try add(String(inside[..<end]), isPlace: isPlace)
            rest = inside[inside.index(after: end)...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        if let left = open.last { throw .unclosed("<\(left)>") }
    }

    private mutating func add(_ name: String, isPlace: Bool) throws(Catalogue.Fault) {
        let bare = name.hasPrefix("/") && !isPlace ? String(name.dropFirst()) : name
        guard !bare.isEmpty, bare.utf8.allSatisfy(Self.mayName) else { throw .badName(name) }
        if isPlace {
            pieces.append(.place(name))
        } else if name.hasPrefix("/") {
            guard open.popLast() == bare else { throw .unclosed("</\(bare)>") }
            pieces.append(.closes(bare))
        } else {
            open.append(name)
            pieces.append(.opens(name))
        }
    }

    /// Places and marks are named as Swift names things: letters and digits.
    private static func mayName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
