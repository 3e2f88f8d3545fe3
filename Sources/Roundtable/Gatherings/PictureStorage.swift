import Foundation
import Storage

extension Reader {
    func picture(of contribution: ID<Contribution>) throws -> KeptPicture? {
        try one("select large, small, width, height from picture where contribution = \(contribution)") { row in
            KeptPicture(
                contribution: contribution, large: row[0], small: row[1],
                size: PixelSize(width: row[2], height: row[3]))
        }
    }

    /// Those of these files that something said has.
    fileprivate func spokenOf(_ names: [String]) throws -> Set<String> {
        let pairs: [(String, String)] = try all(
            "select large, small from picture where large in \(list: names) or small in \(list: names)"
        ) { ($0[0], $0[1]) }
        return Set(pairs.flatMap { [$0.0, $0.1] })
    }
}

extension Writer {
    /// Puts a photograph to what it came with, once: another for the same words is refused as other words would be.
    func add(_ picture: KeptPicture, at now: Moment) throws {
        let isNew = try run(
            """
            insert into picture (contribution, large, small, width, height, added)
            values (\(picture.contribution), \(picture.large), \(picture.small), \(picture.size.width),
                \(picture.size.height), \(now))
            on conflict (contribution) do nothing
            """)
        guard try isNew > 0 || self.picture(of: picture.contribution) == picture else { throw Refusal.saidBefore }
    }

    /// Lets go of the photograph that came with something said. Its files go once this is kept (`House.clearFiles`);
    /// should the program end before, when it opens again.
    func letGoOfPicture(of contribution: ID<Contribution>, at now: Moment) throws {
        guard let picture = try picture(of: contribution) else { return }
        for name in [picture.large, picture.small] {
            try run("insert into file_gone (name, gone) values (\(name), \(now)) on conflict (name) do nothing")
        }
        try run("delete from picture where contribution = \(contribution)")
    }
}

extension House {
    /// As many files are let go of at once as one leaving may leave behind, and somebody is waiting.
    private static let mostAtOnce = 500

    /// Takes the files off the disk that were let go of.
    func clearFiles() async throws {
        let gone: [String] = try await database.read { db in
            try db.all("select name from file_gone order by name limit \(Self.mostAtOnce)") { $0[0] }
        }
        guard !gone.isEmpty else { return }
        files.remove(gone)
        try await database.write { try $0.run("delete from file_gone where name in \(list: gone)") }
    }

    /// Takes files off the disk that nothing said has: those of somebody who came no further than this.
    func discard(_ picture: KeptPicture) async throws {
        let names = [picture.large, picture.small]
        let kept = try await database.read { try $0.spokenOf(names) }
        files.remove(names.filter { !kept.contains($0) })
    }

    /// Takes off the disk whatever an end without warning left there, such as a photograph whose words were not kept.
    func sweepFiles() async throws {
        try await clearFiles()
        let names = files.settled()
        for start in stride(from: 0, to: names.count, by: Self.mostAtOnce) {
            let some = Array(names[start..<min(start + Self.mostAtOnce, names.count)])
            let kept = try await database.read { try $0.spokenOf(some) }
            files.remove(some.filter { !kept.contains($0) })
        }
        let arriving = settings.data.appending(path: Upload.folder, directoryHint: .isDirectory)
        for file in Files.settled(in: arriving) { try? FileManager.default.removeItem(at: file) }
    }
}
