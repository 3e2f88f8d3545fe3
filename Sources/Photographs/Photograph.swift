/// A photograph made anew: two JPEGs with nothing in them but what is to be seen. Where it was taken, when, and with
/// what camera stays behind.
public struct Photograph: Sendable, Equatable {
    /// A JPEG and its size in pixels.
    public struct Picture: Sendable, Equatable {
        public let bytes: [UInt8]
        public let width: Int
        public let height: Int

        public init(bytes: [UInt8], width: Int, height: Int) {
            (self.bytes, self.width, self.height) = (bytes, width, height)
        }
    }

    /// To be read: handwriting on a flipchart can be made out on a phone turned sideways, and enlarged.
    public let large: Picture
    /// To stand in a list.
    public let small: Picture

    /// The longer side of each, in pixels.
    public static let largeSide = 1_600
    public static let smallSide = 480
    /// The most pixels that are unpacked: what the largest cameras of phones make. Beyond it a small file may hold a
    /// picture that fills the memory.
    public static let mostPixels = 64_000_000
    /// The longest side that is unpacked.
    public static let longestSide = 30_000
    /// How good the JPEGs are, out of 100: pencil on paper stays readable, and a page of them stays small.
    static let quality: Int32 = 80

    public init(large: Picture, small: Picture) { (self.large, self.small) = (large, small) }

    /// What a file is, by how it begins.
    public enum Kind: Sendable, Equatable {
        case jpeg, png, webp
        /// What many phones keep photographs in, and few other machines open (HEIC, AVIF).
        case phoneOnly

        /// How many bytes tell them apart.
        public static let told = 16

        public init?(beginning: some Collection<UInt8>) {
            let first = Array(beginning.prefix(Self.told))
            func says(_ text: String, at place: Int) -> Bool { first.dropFirst(place).starts(with: text.utf8) }
            if first.starts(with: [0xff, 0xd8, 0xff]) {
                self = .jpeg
            } else if first.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) {
                self = .png
            } else if says("RIFF", at: 0), says("WEBP", at: 8) {
                self = .webp
            } else if says("ftyp", at: 4), ["hei", "hev", "mif", "msf", "avi"].contains(where: { says($0, at: 8) }) {
                self = .phoneOnly
            } else {
                return nil
            }
        }
    }

    /// Why a file can't be made into a photograph. The numbers travel between processes.
    public enum Trouble: Int32, Error, Sendable {
        case unknown = 10
        case tooLarge, damaged
    }

    /// Makes it from the bytes of a JPEG, PNG or WebP, right way up.
    ///
    /// Run this where it can do no harm (`confined()`): what is unpacked here was made by anybody.
    public init(unpacking file: UnsafeRawBufferPointer) throws(Trouble) {
        let canvas = try Canvas(unpacking: file)
        let turn = Orientation.read(from: file)
        try canvas.shrink(to: Self.largeSide)
        try canvas.turn(turn)
        large = try canvas.jpeg()
        try canvas.shrink(to: Self.smallSide)
        small = try canvas.jpeg()
    }
}
