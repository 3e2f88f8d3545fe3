/// The eigenvectors of a small symmetric matrix, by turning two of its directions at a time (Jacobi 1846).
struct Eigen {
    /// From the largest to the smallest.
    private(set) var values: [Double]
    /// `vectors[k]` belongs to `values[k]`, and has length 1.
    private(set) var vectors: [[Double]]

    /// Each sweep about squares what is left off the diagonal, so that this many are never needed.
    private static let mostSweeps = 40

    /// - Parameter matrix: row after row, symmetric, `size` by `size`.
    init(_ matrix: [Double], size: Int) {
        var matrix = matrix
        var turned = (0..<size * size).map { $0 / size == $0 % size ? 1.0 : 0.0 }
        matrix.withUnsafeMutableBufferPointer { matrix in
            turned.withUnsafeMutableBufferPointer { turned in
                for _ in 0..<Self.mostSweeps { guard Self.sweep(matrix, turned, size) else { break } }
            }
        }
        let order = (0..<size).sorted { matrix[$0 * size + $0] > matrix[$1 * size + $1] }
        values = order.map { matrix[$0 * size + $0] }
        vectors = order.map { Array(turned[$0 * size..<($0 + 1) * size]) }
    }

    private typealias Numbers = UnsafeMutableBufferPointer<Double>

    /// Turns every two directions once. Whether anything was left to turn.
    private static func sweep(_ matrix: Numbers, _ turned: Numbers, _ size: Int) -> Bool {
        var isTurned = false
        for p in 0..<size {
            for q in p + 1..<max(size, p + 1) {
                let (off, a, b) = (matrix[p * size + q], matrix[p * size + p], matrix[q * size + q])
                guard off.magnitude > 1e-17 * (a.magnitude + b.magnitude), off != 0 else { continue }
                let theta = (b - a) / (2 * off)
                let tangent = (theta < 0 ? -1.0 : 1.0) / (theta.magnitude + (theta * theta + 1).squareRoot())
                let cosine = 1 / (tangent * tangent + 1).squareRoot()
                turn(matrix, turned, size, p, q, cosine, tangent * cosine)
                isTurned = true
            }
        }
        return isTurned
    }

    private static func turn(
        _ matrix: Numbers, _ turned: Numbers, _ size: Int, _ p: Int, _ q: Int, _ c: Double, _ s: Double
    ) {
        for k in 0..<size {
            let (a, b) = (matrix[p * size + k], matrix[q * size + k])
            matrix[p * size + k] = c * a - s * b
            matrix[q * size + k] = s * a + c * b
            let (x, y) = (turned[p * size + k], turned[q * size + k])
            turned[p * size + k] = c * x - s * y
            turned[q * size + k] = s * x + c * y
        }
        for k in 0..<size {
            let (a, b) = (matrix[k * size + p], matrix[k * size + q])
            matrix[k * size + p] = c * a - s * b
            matrix[k * size + q] = s * a + c * b
        }
        matrix[p * size + q] = 0
        matrix[q * size + p] = 0
    }
}
