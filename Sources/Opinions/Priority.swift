#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// How much a statement deserves to be shown next (step 14).
enum Priority {
    /// - Parameters:
    ///   - tally: what all groups together said.
    ///   - extremity: how far the statement stands from the middle, 0 or more.
    /// - Returns: more than 0. Statements that few have seen weigh up to nine times as much before squaring.
    static func of(_ tally: Tally, extremity: Double, isMeta: Bool, _ method: Method) -> Double {
        guard !isMeta else { return method.metaPriority * method.metaPriority }
        let seen = Double(tally.seen) + 2
        let (agree, pass) = ((Double(tally.agree) + 1) / seen, (Double(tally.pass) + 1) / seen)
        let importance = (1 - pass) * (extremity + 1) * agree
        let weight = importance * (1 + 8 * exp2(-Double(tally.seen) / 5))
        return weight * weight
    }
}
