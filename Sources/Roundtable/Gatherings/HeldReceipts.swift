import Hummingbird
import Storage

/// The receipts whose six words a device holds, the latest first: a person sits at more than one table, and a
/// family shares a tablet.
struct HeldReceipts: Sendable {
    /// A table for every day of the week. The words of one that makes room stay good.
    static let most = 7
    private static let cookie = "receipts"

    let words: [SixWords]
    /// What the house keeps of each, in the same order.
    let hashes: [String]

    init(in request: Request, _ house: House) {
        words = house.keepsakes(Self.cookie, in: request)
        hashes = words.map { house.receiptHash(of: $0) }
    }

    /// The words of a receipt that is among these.
    func words(of receipt: Receipt) -> SixWords { zip(words, hashes).first { $1 == receipt.hash }!.0 }

    /// Has the device hold new words first, in place of those that are no longer good.
    func hold(_ fresh: SixWords, dropping ended: Set<String> = [], _ house: House, in response: inout Response) {
        let others = zip(words, hashes).filter { $0 != fresh && !ended.contains($1) }.map(\.0)
        house.keep(
            Array(([fresh] + others).prefix(Self.most)), as: Self.cookie, for: House.longestCookie, in: &response)
    }
}

extension House {
    func receiptHash(of words: SixWords) -> String { secret.hash(words.slug, for: "receipt") }

    /// Six words for a seat's receipt, kept by the device until it is passed on. Those it had open nothing any more.
    func giveReceipt(to seat: Seat, for request: Request, in response: inout Response) async throws {
        let (words, held, now) = (SixWords.random(), HeldReceipts(in: request, self), now())
        let hash = receiptHash(of: words)
        let ended = try await database.write { db in
            let old = try db.receipts(withWords: held.hashes).filter { $0.seat == seat.id }.map(\.hash)
            try db.renewReceipt(of: seat, hash: hash, at: now)
            return Set(old)
        }
        held.hold(words, dropping: ended, self, in: &response)
    }
}
