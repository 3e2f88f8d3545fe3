import Foundation

/// The network of a hall: a router on a shelf and some phones, often with no internet behind it.
public enum Hall {
    /// What `--hall` asks for: this machine's address on the hall's network, or nothing where the
    /// house stays shut to it.
    ///
    /// - Throws: a sentence for whoever hosts, where there is no such network or the address isn't one of a hall's.
    static func address(
        _ setting: String, among addresses: () -> [String]
    ) throws(Settings.Unreadable) -> String? {
        switch setting {
        case "no": return nil
        case "yes":
            guard let first = addresses().first else {
                throw Settings.Unreadable("--hall yes needs a network to be on: join the hall's Wi-Fi first")
            }
            return first
        default:
            let bare = setting.trimmingCharacters(in: ["[", "]"])
            guard Network(address: bare).isPrivate else {
                throw Settings.Unreadable(
                    "--hall takes yes, no, or this machine's address on the hall's own network, as 192.168.1.20; "
                        + "to open the house to the internet, put HTTPS before it")
            }
            return bare
        }
    }

    /// What whoever hosts should know of the address that phones are told: that this machine hasn't got it, or that it
    /// is on other networks too and phones may be on one of those. Nothing where there is no doubt.
    static func caution(about address: String, among addresses: [String]) -> String? {
        guard addresses.contains(address) else {
            let own = addresses.isEmpty ? "it is on no network" : "it has \(addresses.joined(separator: ", "))"
            return "Take care: this computer doesn't have the address \(address) now; \(own)."
        }
        // One network often gives an address of each family: the other family's is no other network.
        let others = addresses.filter { $0 != address && !$0.contains(":") }
        guard let other = others.first, !address.contains(":") else { return nil }
        return """
            This computer is on other networks too (\(others.joined(separator: ", "))). \
            If phones don't find it, start it again with --hall \(other)
            """
    }

    /// This machine's addresses on networks of its own, those that phones in a hall most likely share first.
    public static func addresses() -> [String] {
        var list: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&list) == 0 else { return [] }
        defer { freeifaddrs(list) }
        let found = sequence(first: list, next: { $0?.pointee.ifa_next }).prefix { $0 != nil }
            .compactMap { $0.flatMap { place(of: $0.pointee) } }
        return found.sorted { $0.rank < $1.rank }.map(\.address)
    }

    /// What machines within the machine talk over: no phone is on it.
    private static let inward = ["docker", "br-", "veth", "virbr", "lxc", "vnet"]

    private static func place(of interface: ifaddrs) -> (address: String, rank: Int)? {
        guard let socket = interface.ifa_addr, interface.ifa_flags & UInt32(IFF_UP) != 0 else { return nil }
        let isFour = Int32(socket.pointee.sa_family) == AF_INET
        guard isFour || Int32(socket.pointee.sa_family) == AF_INET6 else { return nil }
        let length = isFour ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size
        var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        guard getnameinfo(socket, socklen_t(length), &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST) == 0 else {
            return nil
        }
        let address = name.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        // An address with a zone (fe80::1%eth0) can't be typed into a phone.
        guard Network(address: address).isPrivate, !address.contains("%") else { return nil }
        guard !inward.contains(where: { String(cString: interface.ifa_name).hasPrefix($0) }) else { return nil }
        let familiar = address.hasPrefix("192.168.") ? 0 : address.hasPrefix("10.") ? 1 : isFour ? 2 : 3
        // A cable that is not plugged in, or a Wi-Fi that was not joined, may have an address still.
        return (address, (interface.ifa_flags & UInt32(IFF_RUNNING) == 0 ? 10 : 0) + familiar)
    }
}

/// How a visit reached this house.
enum Reach: Sendable {
    /// From this machine itself, or by HTTPS through the proxy that is trusted: nobody between can read along.
    case safe
    /// By plain HTTP over a network, where whoever is on it can read along: codes and receipts, and nothing that lasts.
    case hall
    /// By plain HTTP from beyond any hall.
    case outside
}

/// What needs a line that nobody can read along on was asked for over one where they can.
struct NeedsSafeLine: Error {}
