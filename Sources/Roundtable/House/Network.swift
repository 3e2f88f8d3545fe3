#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Where a request comes from, as far as counting goes: an IPv4 address, or the 64 bits that one IPv6 line is given.
struct Network: Hashable, Sendable {
    private let bytes: [UInt8]

    /// Bytes of an IPv6 address that name the line. The rest a device chooses for itself, as often as it likes.
    private static let lineBytes = 8
    /// An IPv4 address written as IPv6 begins with these (`::ffff:192.0.2.1`).
    private static let mapped: [UInt8] = Array(repeating: 0, count: 10) + [0xff, 0xff]

    /// Reads an address, with or without brackets or a zone. All that can't be read count as one network.
    init(address: String) {
        let bare = address.drop { $0 == "[" }.prefix { $0 != "]" && $0 != "%" }
        self.init(
            bytes: Self.parse(bare, family: AF_INET, count: 4) ?? Self.parse(bare, family: AF_INET6, count: 16) ?? [])
    }

    /// The network of an address of four bytes, or of sixteen.
    init(bytes: [UInt8]) {
        let isFour = bytes.count == 4 || bytes.starts(with: Self.mapped)
        self.bytes = isFour ? Array(bytes.suffix(4)) : Array(bytes.prefix(Self.lineBytes))
    }

    private static func parse(_ text: Substring, family: Int32, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return inet_pton(family, String(text), &bytes) == 1 ? bytes : nil
    }
}

extension Network {
    /// Whether it is this very machine: nothing that is sent leaves it.
    var isThisMachine: Bool { bytes.count == 4 ? bytes[0] == 127 : bytes.count > 4 && bytes.allSatisfy { $0 == 0 } }

    /// Whether it is an address that only means something within a hall, a home or an office (RFC 1918, RFC 3927;
    /// RFC 4193 and RFC 4291 for IPv6).
    var isPrivate: Bool {
        guard bytes.count == 4 else { return bytes.count > 4 && (bytes[0] & 0xfe == 0xfc || isLinkLocal) }
        return bytes[0] == 10 || (bytes[0] == 172 && (16...31).contains(bytes[1]))
            || (bytes[0] == 192 && bytes[1] == 168)
            || (bytes[0] == 169 && bytes[1] == 254)
    }

    private var isLinkLocal: Bool { bytes[0] == 0xfe && bytes[1] & 0xc0 == 0x80 }
}

extension Network: CustomStringConvertible {
    /// Never the address: what is printed ends up in logs.
    var description: String { "a network" }
}
