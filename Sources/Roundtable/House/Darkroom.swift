import Foundation
import NIOPosix
import Photographs

/// Where photographs are made anew: each in a process of its own that holds nothing but that one, can reach nothing,
/// and ends with it. What somebody built to break what unpacks it, breaks that process.
actor Darkroom {
    /// So many at once. Each may take a gigabyte for a moment; forty phones wait for a few seconds.
    static let most = 2
    /// How long one may take, on a machine with much else to do.
    static let longest = Duration.seconds(30)
    /// The two pictures together take less than half of this.
    static let mostMade = 4_000_000

    private let program: String
    private var busy = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// - Parameter program: our own program. As the system names it, it is there even when it has
    ///   been replaced on disk.
    init(program: String = "/proc/self/exe") { self.program = program }

    /// Makes a photograph of a file.
    ///
    /// - Throws: `Photograph.Trouble`, where it can't be one.
    func make(from file: URL) async throws -> Photograph {
        if busy >= Self.most { await withCheckedContinuation { waiting.append($0) } } else { busy += 1 }
        defer { if waiting.isEmpty { busy -= 1 } else { waiting.removeFirst().resume() } }
        let program = program
        return try await NIOThreadPool.singleton.runIfActive { try Self.run(program, on: file) }
    }

    private static func run(_ program: String, on file: URL) throws -> Photograph {
        let input = open(file.path, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw CocoaError(.fileReadUnknown) }
        defer { close(input) }
        let pipe = Pipe()
        let output = pipe.fileHandleForReading.fileDescriptor
        let child = try start(program, from: input, to: pipe.fileHandleForWriting.fileDescriptor)
        try pipe.fileHandleForWriting.close()
        let made = read(output, until: .now + longest)
        // What it has not said by now it won't say.
        if made == nil { kill(child, SIGKILL) }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        // Bits 0 to 6 say which signal ended it; the next eight what it said itself.
        guard let made, status & 0x7f == 0 else { throw Photograph.Trouble.damaged }
        let said = (status >> 8) & 0xff
        guard said == 0 else { throw Photograph.Trouble(rawValue: said) ?? .damaged }
        guard let photograph = Photograph(packed: made) else { throw Photograph.Trouble.damaged }
        return photograph
    }

    /// Starts the program with nothing but a file to read from and a place to write to; of the environment it gets
    /// where the libraries are.
    private static func start(_ program: String, from input: Int32, to output: Int32) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        let libraries = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"].map { "LD_LIBRARY_PATH=\($0)" }
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("roundtable"), strdup("photograph"), nil]
        var environment: [UnsafeMutablePointer<CChar>?] = [libraries.flatMap { strdup($0) }, nil]
        defer { for text in arguments + environment { free(text) } }
        var child: pid_t = 0
        guard posix_spawn(&child, program, &actions, nil, &arguments, &environment) == 0 else {
            throw CocoaError(.executableLoad)
        }
        return child
    }

    /// All that it writes; nothing when it takes too long or writes too much.
    private static func read(_ output: Int32, until deadline: ContinuousClock.Instant) -> [UInt8]? {
        var made: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while made.count <= mostMade {
            let left = (deadline - .now) / .milliseconds(1)
            var waitingFor = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            guard left > 0, poll(&waitingFor, 1, Int32(left)) != 0 else { return nil }
            let count = Foundation.read(output, &piece, piece.count)
            if count == 0 { return made }
            guard count > 0 else { return nil }
            made += piece[..<count]
        }
        return nil
    }
}
