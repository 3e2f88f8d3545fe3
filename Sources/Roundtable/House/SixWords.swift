import Foundation

/// Six plain words that open one thing: a place, a receipt, an invitation, a parcel.
struct SixWords: Sendable, Equatable {
    let numbers: [Int]
    enum Reading: Equatable {
        case words(SixWords), howMany(Int), unknown(word: String, maybe: [String]), check
    }
    static func random() -> SixWords { SixWords(numbers: (0..<6).map { _ in .random(in: 0..<2048) }) }
    init(numbers: [Int]) { self.numbers = numbers }
    init?(reading text: String) {
        guard case .words(let words) = Self.read(text) else { return nil }
        self = words
    }
    static func read(_ text: String) -> Reading {
        let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
        return numbers.count == 6 ? .words(SixWords(numbers: numbers)) : .howMany(numbers.count)
    }
    var spoken: String { numbers.map { "w\($0)" }.joined(separator: " ") }
    var slug: String { numbers.map { "w\($0)" }.joined(separator: "-") }
}
