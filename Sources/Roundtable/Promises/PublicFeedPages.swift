import Foundation
import Markup

// What anyone may read, for programs that follow many pages: Atom (RFC 4287) and JSON Feed 1.1. Each says what the page
// says and no more. An entry is known by the ask that it is about, so it stays the same whatever becomes of it.

extension PublicLedger {
    private var key: String { "urn:uuid:\(publication.id.text)" }

    /// The feed as Atom has it.
    func atom(at address: String, today: Day, _ t: Words) -> HTML {
        let here = address + publication.address
        return """
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="\(t.language)">
            <id>\(key)</id>
            <title>\(t("public.title", project: project.name))</title>
            <subtitle>\(t("public.lead"))</subtitle>
            <updated>\(changed.feedDay)</updated>
            <author><name>\(project.name)</name></author>
            <link rel="self" type="application/atom+xml" href="\(address)\(publication.atom)"/>
            <link rel="alternate" type="text/html" href="\(here)"/>
            \(latest.map { $0.entry(at: here, today: today, t) })\
            </feed>

            """
    }

    /// The feed as JSON Feed has it.
    func json(at address: String, today: Day, _ t: Words) throws -> [UInt8] {
        let here = address + publication.address
        let feed = JSONFeed(
            version: "https://jsonfeed.org/version/1.1", title: t("public.title", project: project.name),
            homePageURL: here, feedURL: address + publication.json, description: t("public.lead"),
            authors: [JSONFeed.Author(name: project.name)], language: t.language,
            items: latest.map { ask in
                JSONFeed.Item(
                    id: ask.key, url: here + "#ask-" + ask.id.text, title: ask.words,
                    contentHTML: ask.body(today: today, t).string, published: ask.asked.feedDay,
                    modified: ask.changed.feedDay, language: ask.language)
            })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(feed))
    }
}

extension PublicAsk {
    fileprivate var key: String { "urn:uuid:\(id.text)" }

    fileprivate func entry(at page: String, today: Day, _ t: Words) -> HTML {
        """
        <entry>
        <id>\(key)</id>
        <title xml:lang="\(language)">\(words)</title>
        <published>\(asked.feedDay)</published>
        <updated>\(changed.feedDay)</updated>
        <link rel="alternate" type="text/html" href="\(page)#ask-\(id.text)"/>
        <content type="html">\(body(today: today, t).string)</content>
        </entry>

        """
    }
}

extension Moment {
    /// The day of it as a feed writes a moment (RFC 3339). The page names days, so the feeds tell no hour.
    fileprivate var feedDay: String { Day(self, in: .gmt).text + "T00:00:00Z" }
}

/// JSON Feed 1.1 (jsonfeed.org), as much of it as is said here.
private struct JSONFeed: Encodable {
    let version: String
    let title: String
    let homePageURL: String
    let feedURL: String
    let description: String
    let authors: [Author]
    let language: String
    let items: [Item]

    enum CodingKeys: String, CodingKey {
        case version, title, description, authors, language, items
        case homePageURL = "home_page_url"
        case feedURL = "feed_url"
    }

    struct Author: Encodable { let name: String }

    struct Item: Encodable {
        let id: String
        let url: String
        let title: String
        let contentHTML: String
        let published: String
        let modified: String
        let language: String

        enum CodingKeys: String, CodingKey {
            case id, url, title, language
            case contentHTML = "content_html"
            case published = "date_published"
            case modified = "date_modified"
        }
    }
}
