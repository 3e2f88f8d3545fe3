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
        if let four = Self.parse(bare, family: AF_INET, count: 4) {
            bytes = four
        } else if let sixteen = Self.parse(bare, family: AF_INET6, count: 16) {
            bytes = sixteen.starts(with: Self.mapped) ? Array(sixteen.suffix(4)) : Array(sixteen.prefix(Self.lineBytes))
        } else {
            bytes = []
        }
    }

    private static func parse(_ text: Substring, family: Int32, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return inet_pton(family, String(text), &bytes) == 1 ? bytes : nil
    }
}

extension Network: CustomStringConvertible {
    /// Never the address: what is printed ends up in logs.
    var description: String { "a network" }
}
