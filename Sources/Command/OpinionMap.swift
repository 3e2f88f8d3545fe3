import Opinions

/// The map of opinions as SVG: each mark a few people who stand close together, larger for more, in the shape and the
/// colour of their group. What it shows is in its words too.
struct OpinionMap {
    private let report: OpinionReport
    private let scale: Double

    /// Half of the square that marks lie in, and what is left around them and below.
    private static let half = 360.0
    private static let margin = 40.0
    private static let line = 26.0

    init(_ report: OpinionReport) {
        self.report = report
        let places = report.analysis.baseClusters.map(\.centre)
        let furthest = places.map { max(abs($0.x), abs($0.y)) }.max() ?? 0
        scale = furthest > 0 ? Self.half / furthest : 1
    }

    var svg: String {
        let size = 2 * (Self.half + Self.margin)
        let groups = report.analysis.groups
        let height = size + Self.line * Double(groups.count + 1)
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.short(size)) \(Self.short(height))" role="img" \
            aria-labelledby="map-title map-words" font-family="sans-serif" font-size="18">
            <title id="map-title">\(Self.escaped("Groups of opinion: \(report.grouped)"))</title>
            <desc id="map-words">\(Self.escaped(report.lines.joined(separator: "\n")))</desc>
            <rect width="100%" height="100%" fill="#fff"/>
            <path d="M\(Self.short(size / 2)) 20V\(Self.short(size - 20))M20 \(Self.short(size / 2))H\
            \(Self.short(size - 20))" stroke="#ccc" fill="none"/>
            \(groups.indices.map(marks(of:)).joined(separator: "\n"))
            \(groups.indices.map(letter(of:)).joined(separator: "\n"))
            \(groups.indices.map { legend($0, below: size) }.joined(separator: "\n"))
            </svg>

            """
    }

    // MARK: Marks

    /// Apart in lightness as well as in hue, and dark enough on white; the shapes tell them apart without colour.
    private static let colours = ["#1b5e9c", "#b3470b", "#1e6b3a", "#7a2d80", "#57534e"]

    private func marks(of group: Int) -> String {
        let clusters = report.analysis.baseClusters
        let marks = report.analysis.groups[group].baseClusters.map { base in
            Self.shape(group, at: place(clusters[base].centre), radius: Self.radius(clusters[base].members.count))
        }
        let colour = Self.colours[group % Self.colours.count]
        return "<g fill=\"\(colour)\" fill-opacity=\"0.55\" stroke=\"\(colour)\">\(marks.joined())</g>"
    }

    /// The area grows with the people.
    private static func radius(_ people: Int) -> Double { min(36, 5 * Double(people).squareRoot()) }

    private static func shape(_ group: Int, at place: (x: Double, y: Double), radius: Double) -> String {
        let corners = [0, 4, 3, 5, 6][group % 5]
        guard corners > 0 else {
            return "<circle cx=\"\(short(place.x))\" cy=\"\(short(place.y))\" r=\"\(short(radius))\"/>"
        }
        let points = rim[corners, default: []].map { corner in
            "\(short(place.x + radius * 1.15 * corner.x)),\(short(place.y + radius * 1.15 * corner.y))"
        }
        return "<polygon points=\"\(points.joined(separator: " "))\"/>"
    }

    /// The corners of shapes about their middle, the first at the top (the square stands on its side).
    private static let rim: [Int: [(x: Double, y: Double)]] = [
        3: [(0, -1), (0.866, 0.5), (-0.866, 0.5)],
        4: [(-0.707, -0.707), (0.707, -0.707), (0.707, 0.707), (-0.707, 0.707)],
        5: [(0, -1), (0.951, -0.309), (0.588, 0.809), (-0.588, 0.809), (-0.951, -0.309)],
        6: [(0, -1), (0.866, -0.5), (0.866, 0.5), (0, 1), (-0.866, 0.5), (-0.866, -0.5)],
    ]

    /// A place on the map; the second axis points up.
    private func place(_ point: Point) -> (x: Double, y: Double) {
        let middle = Self.half + Self.margin
        return (middle + point.x * scale, middle - point.y * scale)
    }

    // MARK: Words

    private func letter(of group: Int) -> String {
        let place = place(report.analysis.groups[group].centre)
        return """
            <text x="\(Self.short(place.x))" y="\(Self.short(place.y + 12))" text-anchor="middle" font-size="36" \
            font-weight="bold" stroke="#fff" stroke-width="6" paint-order="stroke">\(OpinionReport.letter(group))</text>
            """
    }

    private func legend(_ group: Int, below: Double) -> String {
        let y = below + Self.line * Double(group) + 10
        let people = report.analysis.groups[group].members.count
        return Self.shape(group, at: (Self.margin, y - 6), radius: 8)
            .replacing("/>", with: " fill=\"\(Self.colours[group % Self.colours.count])\"/>")
            + "<text x=\"\(Self.short(Self.margin + 20))\" y=\"\(Self.short(y))\">Group "
            + "\(OpinionReport.letter(group)): \(people) \(people == 1 ? "person" : "people")</text>"
    }

    /// A length to a tenth of a unit: finer is not to be seen.
    private static func short(_ length: Double) -> String {
        let tenths = Int((length * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
