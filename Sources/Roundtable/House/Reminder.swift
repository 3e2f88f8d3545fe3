/// Something that whoever writes is told before it is saved: words that somebody asked people not to use about them.
///
/// It says no to nothing. What was typed is shown again, to be changed or to be kept as it is.
struct Reminder: Error, Sendable, Equatable {
    /// One word, and who asked.
    struct Line: Sendable, Equatable {
        /// What stands for it in a page, so that being told once is enough.
        let id: String
        let name: String
        let words: String
        /// The fields in which it was typed.
        let fields: [String]
    }

    let lines: [Line]

    /// The name of the button that keeps what was typed. Its value is what had been told by then.
    static let keep = "keep-as-it-is"

    /// What is left to tell whoever sent this form; nothing when they have been told all of it.
    init?(_ lines: [Line], before form: Form) {
        let told = Set(form.all(Self.keep).flatMap { $0.split(separator: " ").map { String($0) } })
        let new = lines.filter { !told.contains($0.id) }
        guard !new.isEmpty else { return nil }
        // All of it is said again, so that keeping it is an answer to all of it.
        self.lines = lines
    }

    /// What the button that keeps it sends.
    var told: String { lines.map(\.id).joined(separator: " ") }

    /// The fields to look at again, each once.
    var fields: [String] {
        var seen: Set<String> = []
        return lines.flatMap(\.fields).filter { seen.insert($0).inserted }
    }
}
