/// Pictures for tests, drawn dot by dot.
public enum Drawn {
    /// A PNG whose left half is red and whose right half is blue.
    public static func png(_ width: Int, _ height: Int) -> [UInt8] {
        let row = [UInt8](repeating: 0, count: 1) + (0..<width).flatMap { $0 < width / 2 ? [255, 0, 0] : [0, 0, 255] }
        return png(width, height, says: (0..<height).flatMap { _ in row })
    }

    /// A PNG that says it is of this size, with these rows in it.
    public static func png(_ width: Int, _ height: Int, says rows: [UInt8]) -> [UInt8] {
        let size = [width, height].flatMap { bytes(UInt32($0)) }
        return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] + chunk("IHDR", size + [8, 2, 0, 0, 0])
            + chunk("IDAT", stored(rows)) + chunk("IEND", [])
    }

    /// A JPEG with a note of how the camera was held, where, and with what.
    public static func held(_ orientation: UInt8, _ jpeg: [UInt8]) -> [UInt8] {
        let tags: [UInt8] = [0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]
        let notes = Array("Exif\0\0II*\0".utf8) + [8, 0, 0, 0, 1, 0] + tags + [0, 0, 0, 0] + Array("GPS 51.4816".utf8)
        let length = notes.count + 2
        return jpeg.prefix(2) + [0xff, 0xe1, UInt8(length >> 8), UInt8(length & 0xff)] + notes + jpeg.dropFirst(2)
    }

    private static func bytes(_ number: UInt32) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }

    private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + data
        var sum = ~UInt32(0)
        for byte in body {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xedb8_8320 : sum >> 1 }
        }
        return bytes(UInt32(data.count)) + body + bytes(~sum)
    }

    /// Packed by not being packed (RFC 1950, RFC 1951 3.2.4).
    private static func stored(_ rows: [UInt8]) -> [UInt8] {
        var packed: [UInt8] = [0x78, 0x01]
        var (one, two): (UInt32, UInt32) = (1, 0)
        for byte in rows {
            one = (one + UInt32(byte)) % 65_521
            two = (two + one) % 65_521
        }
        for start in stride(from: 0, to: rows.count, by: 65_535) {
            let piece = rows[start..<min(start + 65_535, rows.count)]
            let length = UInt16(piece.count)
            packed += [start + 65_535 >= rows.count ? 1 : 0]
            packed += [UInt8(length & 0xff), UInt8(length >> 8), UInt8(~length & 0xff), UInt8(~length >> 8)] + piece
        }
        return packed + bytes(two << 16 | one)
    }
}
