import Foundation

/// What a copy does to files and folders, by the names that the system has for it: it has to know when something is
/// safe on the disk.
enum Folder {
    /// Makes a folder that only its owner may look into, if it isn't there.
    static func make(_ folder: URL) throws {
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CopyTrouble.unwritable(folder.path)
        }
    }

    static func holds(_ name: String, in folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: name).path)
    }

    /// Returns once a file, or a folder's list of names, is safe on the disk.
    static func settle(_ place: URL) throws {
        let handle = open(place.path, O_RDONLY)
        guard handle >= 0 else { throw CopyTrouble.unreadable(place.path) }
        defer { close(handle) }
        guard fsync(handle) == 0 else { throw CopyTrouble.failure(place.path) }
    }

    /// The same for everything in a folder, and in the folders in it.
    static func settleAll(in folder: URL) throws {
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
            try settle(folder.appending(path: name))
        }
        try settle(folder)
    }

    /// Gives something another name at one stroke, in place of what may have had it.
    static func rename(_ old: URL, to new: URL) throws {
        guard Foundation.rename(old.path, new.path) == 0 else { throw CopyTrouble.failure(new.path) }
    }

    static func remove(_ place: URL) throws {
        do {
            try FileManager.default.removeItem(at: place)
        } catch CocoaError.fileNoSuchFile {
            // Gone already.
        } catch {
            throw CopyTrouble.unwritable(place.path)
        }
    }
}

extension CopyTrouble {
    /// What the system's last error means for a file that was being written.
    static func failure(_ path: String) -> CopyTrouble {
        [ENOSPC, EDQUOT, EFBIG].contains(errno) ? .noRoom(path) : .unwritable(path)
    }
}

/// One file that is being written, and takes its place only when all of it is safe on the disk. What had its name
/// before stays until then.
final class DurableFile: CopySink {
    private let file: URL
    private let part: URL
    private let handle: CInt
    private var isFinished = false

    /// Begins the file beside its place, as `….part`, for its owner's eyes alone.
    init(_ file: URL) throws {
        (self.file, part) = (file, file.appendingPathExtension("part"))
        var isFolder: ObjCBool = false
        guard !FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder) || !isFolder.boolValue
        else { throw CopyTrouble.unwritable(file.path) }
        handle = open(part.path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard handle >= 0 else { throw CopyTrouble.failure(file.path) }
        // What a killed program left is written over, and what a living one writes is let be.
        guard flock(handle, LOCK_EX | LOCK_NB) == 0 else {
            close(handle)
            isFinished = true
            throw CopyTrouble.beingWritten(file.path)
        }
        guard ftruncate(handle, 0) == 0, fchmod(handle, 0o600) == 0 else { throw CopyTrouble.failure(file.path) }
    }

    func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = Foundation.write(handle, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { throw CopyTrouble.failure(file.path) }
                rest = rest.dropFirst(written)
            }
        }
    }

    func finish() throws {
        guard fsync(handle) == 0 else { throw CopyTrouble.failure(file.path) }
        try Folder.rename(part, to: file)
        isFinished = true
        close(handle)
        try Folder.settle(file.deletingLastPathComponent())
    }

    deinit {
        guard !isFinished else { return }
        unlink(part.path)
        close(handle)
    }
}

/// Who is in a data folder: many programs that use its house, or the one that brings a house in.
final class Occupancy: Sendable {
    private let handle: CInt

    /// Comes into a folder, and stays for as long as this is kept. The system forgets it when the program ends.
    init(_ folder: URL, alone: Bool = false) throws {
        handle = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { throw CopyTrouble.noHouse(folder: folder.path) }
        guard flock(handle, (alone ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0 else {
            throw alone ? CopyTrouble.inUse : CopyTrouble.arriving
        }
    }

    deinit { close(handle) }
}
