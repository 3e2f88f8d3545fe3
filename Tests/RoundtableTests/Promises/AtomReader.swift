import Foundation
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

/// What an Atom feed says, as a reader of XML that is not ours finds it.
final class AtomReader: NSObject, XMLParserDelegate {
    struct Entry {
        var id = ""
        var title = ""
        var updated = ""
        var content = ""
        var texts: [String] { [title, content] }
    }

    private(set) var id = ""
    private(set) var texts: [String] = []
    private(set) var entries: [Entry] = []
    private var isInEntry = false
    private var text = ""

    static func read(_ xml: String) throws -> AtomReader {
        let reader = AtomReader()
        let parser = XMLParser(data: Data(xml.utf8))
        parser.delegate = reader
        try #require(parser.parse(), "\(String(describing: parser.parserError))")
        return reader
    }

    func parser(
        _: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        text = ""
        guard name == "entry" else { return }
        isInEntry = true
        entries.append(Entry())
    }

    func parser(_: XMLParser, foundCharacters more: String) { text += more }

    func parser(_: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        let last = entries.count - 1
        switch (name, isInEntry) {
        case ("entry", _): isInEntry = false
        case ("id", true): entries[last].id = text
        case ("title", true): entries[last].title = text
        case ("updated", true): entries[last].updated = text
        case ("content", true): entries[last].content = text
        case ("id", false): id = text
        case ("title", false), ("subtitle", false), ("name", false): texts.append(text)
        default: break
        }
        text = ""
    }
}
