/// Something that can take a place in a sentence that makes markup.
public protocol Filling: Sendable {
    /// How it stands in a page that somebody reads.
    func marked(in t: Markup.Words) -> HTML

    /// The number that it is, if it is one: as the argument `count` it chooses a plural.
    var counted: Int? { get }

    /// The text that it is, if it is text: as the first argument it names the sentence.
    var written: String? { get }
}

extension Filling {
    public var counted: Int? { nil }
    public var written: String? { nil }
}

/// Something that can take a place in any sentence: text or a whole number. Times and lists are put into words first,
/// by `Words.day` and its neighbours.
public protocol Argument: Filling {
    /// How it reads to somebody.
    func said(in t: Markup.Words) -> String
}

extension Argument {
    public func marked(in t: Markup.Words) -> HTML { HTML(text: said(in: t)) }
}

extension String: Argument {
    public func said(in t: Markup.Words) -> String { t.lexicon.formats.isolated(self) }
    public var written: String? { self }
}

extension Substring: Argument {
    public func said(in t: Markup.Words) -> String { t.lexicon.formats.isolated(String(self)) }
}

extension Int: Argument {
    public func said(in t: Markup.Words) -> String { t.lexicon.formats.number(self) }
    public var counted: Int? { self }
}

extension Int64: Argument {
    public func said(in t: Markup.Words) -> String { t.lexicon.formats.number(Int(self)) }
    public var counted: Int? { Int(self) }
}

extension HTML: Filling {
    public func marked(in t: Markup.Words) -> HTML { self }
}

/// What a marked stretch of a sentence becomes: `Mark { "<a href=\"/offer\">\($0)</a>" }`.
public struct Mark: Filling {
    let make: @Sendable (HTML) -> HTML

    /// Wraps the words between the marks, already escaped, in markup.
    public init(_ make: @escaping @Sendable (HTML) -> HTML) { self.make = make }

    /// A mark stands around words; where a sentence has a place by its name instead, it shows nothing.
    public func marked(in t: Markup.Words) -> HTML { .empty }
}
