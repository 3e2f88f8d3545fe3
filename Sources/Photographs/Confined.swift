import CConfine

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

extension Photograph {
    /// Memory that a process may use for making one, the program itself included: the largest picture that is unpacked
    /// takes 256 MB, and shrinking it a quarter more.
    public static let mostMemory: UInt64 = 1 << 30
    /// Seconds of the processor: the largest takes two or three on a slow one.
    public static let longestWork: UInt32 = 15
    /// The largest file that is taken: a good deal more than a phone's camera makes.
    public static let largestFile = 20_000_000

    /// Makes a photograph of what comes by standard input, and writes it to standard output, with nothing else left
    /// that this process could do. Ends the process.
    public static func makeConfined() -> Never {
        guard confine(mostMemory, longestWork) == 0 else { exit(1) }
        do {
            let file = readAll()
            let made = try file.withUnsafeBytes { bytes throws(Trouble) in try Photograph(unpacking: bytes) }
            write(made.packed)
            exit(0)
        } catch let trouble as Trouble {
            exit(trouble.rawValue)
        } catch {
            exit(Trouble.damaged.rawValue)
        }
    }

    private static func readAll() -> [UInt8] {
        var file: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 18)
        while file.count <= largestFile {
            let count = read(0, &piece, piece.count)
            guard count > 0 else { break }
            file += piece[..<count]
        }
        return file
    }

    private static func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(1, $0.baseAddress, $0.count) }
            guard count > 0 else { exit(1) }
            rest = rest.dropFirst(count)
        }
    }

    /// Each picture's width, height and length in four bytes, and then its bytes.
    var packed: [UInt8] {
        [large, small].flatMap { picture -> [UInt8] in
            [picture.width, picture.height, picture.bytes.count].flatMap { number in
                (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
            } + picture.bytes
        }
    }

    /// What another process packed; nothing when it isn't whole.
    public init?(packed: [UInt8]) {
        var rest = packed[...]
        func next() -> Picture? {
            guard rest.count >= 12 else { return nil }
            let numbers = (0..<3).map { each in
                (0..<4).reduce(0) { $0 | Int(rest[rest.startIndex + 4 * each + $1]) << (8 * $1) }
            }
            rest = rest.dropFirst(12)
            guard rest.count >= numbers[2], max(numbers[0], numbers[1]) <= Self.largeSide else { return nil }
            defer { rest = rest.dropFirst(numbers[2]) }
            let bytes = Array(rest.prefix(numbers[2]))
            // Whatever became of that process, nothing but a JPEG is kept.
            guard Kind(beginning: bytes) == .jpeg else { return nil }
            return Picture(bytes: bytes, width: numbers[0], height: numbers[1])
        }
        guard let large = next(), let small = next(), rest.isEmpty else { return nil }
        self.init(large: large, small: small)
    }
}

/// The system's own, by a name that isn't hidden by ours.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
