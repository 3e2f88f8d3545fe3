/// How the camera was held, as it notes beside the picture (Exif 2.32, tag 0x0112).
enum Orientation: UInt8 {
    case upright = 1
    case mirrored, upsideDown, flipped, mirroredLeft, right, mirroredRight, left

    var isOnItsSide: Bool { rawValue >= 5 }

    /// Where in the picture as it lies the pixel is that belongs at this place of the picture as it was seen.
    func source(of place: (x: Int, y: Int), wide: Int, high: Int) -> (Int, Int) {
        let (x, y, endX, endY) = (place.x, place.y, wide - 1 - place.x, high - 1 - place.y)
        return switch self {
        case .upright: (x, y)
        case .mirrored: (endX, y)
        case .upsideDown: (endX, endY)
        case .flipped: (x, endY)
        case .mirroredLeft: (y, x)
        case .right: (y, endX)
        case .mirroredRight: (endY, endX)
        case .left: (endY, x)
        }
    }

    /// What a file notes; upright where it notes nothing that can be read.
    static func read(from file: UnsafeRawBufferPointer) -> Orientation {
        let notes =
            switch Photograph.Kind(beginning: file) {
            case .jpeg: notesOfJPEG(file)
            case .png: chunk("eXIf", in: file, from: 8, isBackwards: false)
            case .webp: chunk("EXIF", in: file, from: 12, isBackwards: true)
            case .phoneOnly, nil: nil as Slice<UnsafeRawBufferPointer>?
            }
        return notes.flatMap { read(notes: Array($0.prefix(mostNotes))) } ?? .upright
    }

    /// The tag stands near the beginning; beyond this nobody looks.
    private static let mostNotes = 65_536
    private static let tag = 0x0112

    private static func notesOfJPEG(_ file: UnsafeRawBufferPointer) -> Slice<UnsafeRawBufferPointer>? {
        var place = 2
        while place + 4 <= file.count, file[place] == 0xff {
            let (mark, length) = (file[place + 1], Int(file[place + 2]) << 8 | Int(file[place + 3]))
            let end = place + 2 + length
            // The picture itself begins, or nothing that makes sense.
            guard mark != 0xda, length >= 2, end <= file.count else { return nil }
            let inside = file[(place + 4)..<end]
            if mark == 0xe1, inside.starts(with: "Exif\0\0".utf8) { return inside.dropFirst(6) }
            place = end
        }
        return nil
    }

    /// What a chunk of this name holds. In a PNG its length stands first and a checksum last; in a WebP the length
    /// stands second, backwards, and an odd one is filled up.
    private static func chunk(
        _ name: String, in file: UnsafeRawBufferPointer, from start: Int, isBackwards: Bool
    ) -> Slice<UnsafeRawBufferPointer>? {
        var place = start
        while place + 8 <= file.count {
            let counted = file[(isBackwards ? place + 4 : place)..<(isBackwards ? place + 8 : place + 4)]
            let length = (isBackwards ? Array(counted.reversed()) : Array(counted)).reduce(0) { $0 << 8 | Int($1) }
            let end = place + 8 + length
            guard end <= file.count else { return nil }
            if file[(isBackwards ? place : place + 4)...].starts(with: name.utf8) { return file[(place + 8)..<end] }
            place = isBackwards ? end + length % 2 : end + 4
        }
        return nil
    }

    private static func read(notes: [UInt8]) -> Orientation? {
        let isBackwards = notes.starts(with: "II".utf8)
        guard isBackwards || notes.starts(with: "MM".utf8) else { return nil }
        func number(at place: Int, bytes: Int) -> Int? {
            guard place >= 0, place + bytes <= notes.count else { return nil }
            let found = notes[place..<place + bytes]
            return (isBackwards ? Array(found.reversed()) : Array(found)).reduce(0) { $0 << 8 | Int($1) }
        }
        guard let list = number(at: 4, bytes: 4), let count = number(at: list, bytes: 2) else { return nil }
        for entry in 0..<count {
            let place = list + 2 + 12 * entry
            guard let found = number(at: place, bytes: 2) else { return nil }
            guard found == tag else { continue }
            return number(at: place + 8, bytes: 2).flatMap { UInt8(exactly: $0) }.flatMap { Orientation(rawValue: $0) }
        }
        return nil
    }
}
