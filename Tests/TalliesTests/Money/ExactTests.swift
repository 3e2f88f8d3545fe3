import Testing

@testable import Tallies

@Suite("Whole numbers as large as they need to be")
struct ExactTests {
    /// A number and the same as 128 bits.
    private func pair(_ lot: inout Lot) -> (Natural, UInt128) {
        let (high, low) = (lot.next() >> UInt64(8 + lot.draw(below: 56)), lot.next() >> UInt64(lot.draw(below: 64)))
        var large = Natural(high)
        large.multiply(by: 1 << 63)
        large.multiply(by: 2)
        large.add(Natural(low))
        return (large, UInt128(high) << 64 | UInt128(low))
    }

    private func same(_ natural: Natural, _ value: UInt128) -> Bool {
        let words = natural.words
        let low = UInt128(words.first ?? 0)
        return words.count <= 2 && (words.count < 2 ? low : UInt128(words[1]) << 64 | low) == value
            && words.last != 0
    }

    @Test("sums, differences, products and rests are those of 128 bits, where they fit")
    func arithmetic() {
        var lot = Lot(seed: 1)
        for _ in 0..<2_000 {
            let ((one, first), (other, second)) = (pair(&lot), pair(&lot))
            let factor = lot.next() >> 57
            #expect((one < other) == (first < second))
            #expect(one.bitWidth == 128 - first.leadingZeroBitCount)
            var sum = one
            sum.add(other, times: factor)
            #expect(same(sum, first + second * UInt128(factor)))
            sum.subtract(other, times: factor)
            #expect(same(sum, first))
            let divisor = (lot.next() >> UInt64(lot.draw(below: 60))) | 1
            #expect(UInt128(one.remainder(by: divisor)) == first % UInt128(divisor))
            var product = one.times(divisor)
            product.divide(by: divisor)
            #expect(same(product, first))
        }
    }

    @Test("what is rounded up is never less, and at most four more")
    func rounding() {
        var lot = Lot(seed: 2)
        for _ in 0..<2_000 {
            let ((one, first), (other, second)) = (pair(&lot), pair(&lot))
            guard first < second, first > 0 else { continue }
            // The quotient is below 1, and so below 2⁶¹ with 61 bits.
            let rounded = Natural.roundedUp(one, over: other, bits: 61)
            var product = other.times(UInt64(rounded))
            let scaled = one.times(1 << 61)
            #expect(!(product < scaled))
            if rounded > 4 {
                product = other.times(UInt64(rounded - 4))
                #expect(!(scaled < product))
            }
            let about = Natural.approximately(one, over: other)
            #expect(abs(about - Double(first) / Double(second)) <= about * 0x1p-50)
        }
    }

    @Test("amounts keep their values when others with new denominators come to stand beside them")
    func ledger() {
        var ledger = Ledger(7, over: 3)
        // 7/3, then (7/3 + 1) ÷ 5 = 2/3, then 2/3 ÷ 4 = 1/6.
        #expect(ledger.append(ledger.sum(1, [1]), over: 5) == 1)
        #expect(ledger.append(ledger.amounts[1], over: 4) == 2)
        #expect(ledger.sum(0, [0, 6, 0]) == ledger.denominator.times(4))
        #expect(ledger.sum(0, [3, 0, 0]) == ledger.denominator.times(7))
        #expect(ledger.sum(0, [0, 0, 6]) == ledger.denominator)
    }
}
