import Tallies
import Testing

@Suite("Figures are exact, or refused")
struct ArithmeticTests {
    @Test("decimals are written with every place")
    func written() {
        #expect(Fixed(units: 150, places: 2).description == "1.50")
        #expect(Fixed(units: -5, places: 3).description == "-0.005")
        #expect(Fixed(units: 7, places: 0).description == "7")
    }

    @Test("a quotient is rounded as it was asked to be")
    func rounding() {
        #expect(Fixed.quotient(7, 2, .down) == 3 && Fixed.quotient(7, 2, .up) == 4)
        #expect(Fixed.quotient(7, 2, .halfEven) == 4 && Fixed.quotient(5, 2, .halfEven) == 2)
        #expect(Fixed.quotient(-7, 2, .down) == -3 && Fixed.quotient(-7, 2, .up) == -4)
        #expect(Fixed.quotient(6, 2, .up) == 3)
    }

    @Test("a product that does not fit is refused, and one that fits is not")
    func overflow() throws {
        let large = Fixed(units: .max / 2, places: 2)
        #expect(throws: Uncountable.self) { try large.times(large, .down) }
        #expect(throws: Uncountable.self) { try large.adding(large).adding(large) }
        #expect(try large.subtracting(large) == Fixed(0, places: 2))
        #expect(throws: Uncountable.self) { try Ratio(.max, 3).times(Ratio(.max, 5)) }
    }

    @Test("fractions are in lowest terms, and told apart however large")
    func fractions() throws {
        #expect(Ratio(6, -4).description == "-3/2")
        #expect(try Ratio(1, 3).adding(Ratio(1, 6)) == Ratio(1, 2))
        #expect(try Ratio(2, 3).over(Ratio(4, 9)) == Ratio(3, 2))
        #expect(Ratio(.max - 1, .max) < Ratio(1))
        #expect(Ratio(.max - 2, .max - 1) < Ratio(.max - 1, .max))
        #expect(throws: Uncountable.self) { try Ratio(1).over(Ratio(0)) }
    }

    @Test("lots are the same for the same seed, and every order comes up")
    func lots() {
        var (one, same, other) = (Lot(seed: 7), Lot(seed: 7), Lot(seed: 8))
        let orders = (0..<200).map { _ in one.order(of: 4) }
        #expect(orders == (0..<200).map { _ in same.order(of: 4) })
        #expect(orders != (0..<200).map { _ in other.order(of: 4) })
        #expect(Set(orders).count == 24)
        #expect(orders.allSatisfy { $0.sorted() == [0, 1, 2, 3] })
        // The first numbers of SplitMix64 from 0, as its authors' reference has them.
        var zero = Lot(seed: 0)
        #expect(zero.next() == 0xE220_A839_7B1D_CDAF && zero.next() == 0x6E78_9E6A_A1B9_65F4)
    }
}
