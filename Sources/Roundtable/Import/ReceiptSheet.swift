import Foundation

/// The file that new receipts are written to, in plain words, since the house itself keeps only their hashes.
///
/// Only its owner may read it. It is added to and never written over: words that were once dealt are nowhere else.
struct ReceiptSheet: Sendable {
    let file: URL

    /// One receipt, with the number its giver had where they spoke.
    struct Line: Sendable {
        let number: Int
        let author: Int64
        let words: SixWords
    }

    /// Adds receipts under a heading, and returns when they are safe on disk.
    func add(_ lines: [Line], heading: String) throws {
        let receipts = lines.map { "receipt \($0.number)   participant \($0.author)   \($0.words.spoken)\n" }
        try add("\(heading)\n\n\(receipts.joined())\n")
    }

    /// Adds an invitation, and returns when it is safe on disk.
    func add(invitation words: SixWords, into project: String) throws {
        try add("An invitation into \(project), for one person:\n\n\(words.spoken)\n\n")
    }

    /// - Throws: `Unwritable` when the file can't be made or written, or is not only its owner's.
    private func add(_ text: String) throws {
        let descriptor = open(file.path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Unwritable(file: file) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        // A file that was there before may be open to others.
        guard fchmod(descriptor, 0o600) == 0 else { throw Unwritable(file: file) }
        do {
            try handle.write(contentsOf: Data(text.utf8))
            try handle.synchronize()
            try handle.close()
        } catch {
            throw Unwritable(file: file)
        }
    }

    struct Unwritable: Error, CustomStringConvertible {
        let file: URL
        var description: String { "The receipts can't be written to \(file.path). Nothing was brought in." }
    }
}
