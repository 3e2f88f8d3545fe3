import CPictures

/// Pixels being worked on: four bytes each, blue, green, red and how much it covers.
final class Canvas {
    private var picture = WebPPicture()

    var width: Int { Int(picture.width) }
    var height: Int { Int(picture.height) }
    private var stride: Int { Int(picture.argb_stride) }
    private var rowBytes: Int32 { picture.argb_stride * 4 }

    /// An empty one of a size that may be unpacked.
    private init(width: Int, height: Int) throws(Photograph.Trouble) {
        guard WebPPictureInit(&picture) != 0 else { throw .damaged }
        picture.use_argb = 1
        (picture.width, picture.height) = (Int32(width), Int32(height))
        // Only for want of memory.
        guard WebPPictureAlloc(&picture) != 0 else { throw .tooLarge }
    }

    deinit { WebPPictureFree(&picture) }

    convenience init(unpacking file: UnsafeRawBufferPointer) throws(Photograph.Trouble) {
        let bytes = file.bindMemory(to: UInt8.self)
        switch Photograph.Kind(beginning: bytes) {
        case .jpeg: try self.init(jpeg: bytes)
        case .png: try self.init(png: bytes)
        case .webp: try self.init(webp: bytes)
        case .phoneOnly, nil: throw .unknown
        }
    }

    private static func check(_ width: Int, _ height: Int) throws(Photograph.Trouble) {
        guard width > 0, height > 0 else { throw .damaged }
        guard max(width, height) <= Photograph.longestSide, width * height <= Photograph.mostPixels else {
            throw .tooLarge
        }
    }

    // MARK: Unpacking

    private convenience init(jpeg bytes: UnsafeBufferPointer<UInt8>) throws(Photograph.Trouble) {
        guard let reader = tjInitDecompress() else { throw .damaged }
        defer { tjDestroy(reader) }
        var (width, height, sampling, space): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
        guard
            tjDecompressHeader3(
                reader, bytes.baseAddress, UInt(bytes.count), &width, &height, &sampling, &space) == 0
        else { throw .damaged }
        try Self.check(Int(width), Int(height))
        // It can be unpacked at a half, a quarter or an eighth: no larger than is needed takes less of everything.
        var part: Int32 = 8
        while part > 1, max(width, height) / part < Int32(Photograph.largeSide) { part /= 2 }
        try self.init(width: Int((width + part - 1) / part), height: Int((height + part - 1) / part))
        let isForPrint = space == Int32(TJCS_CMYK.rawValue) || space == Int32(TJCS_YCCK.rawValue)
        let form = isForPrint ? Int32(TJPF_CMYK.rawValue) : Int32(TJPF_BGRA.rawValue)
        let told = tjDecompress2(
            reader, bytes.baseAddress, UInt(bytes.count), rows, Int32(self.width), rowBytes, Int32(self.height), form,
            TJFLAG_LIMITSCANS)
        // What only gives cause to warn (a file that ends early) still shows most of the picture.
        guard told == 0 || tjGetErrorCode(reader) == Int32(TJERR_WARNING.rawValue) else { throw .damaged }
        if isForPrint { mixInks() }
    }

    /// Inks as printers have them, upside down as they are always kept, into light.
    private func mixInks() {
        for row in 0..<height {
            for place in row * stride..<row * stride + width {
                let inks = picture.argb[place]
                let black = inks >> 24
                let red = (inks & 0xff) * black / 255
                let green = (inks >> 8 & 0xff) * black / 255
                let blue = (inks >> 16 & 0xff) * black / 255
                picture.argb[place] = 0xff00_0000 | red << 16 | green << 8 | blue
            }
        }
    }

    private convenience init(png bytes: UnsafeBufferPointer<UInt8>) throws(Photograph.Trouble) {
        var image = png_image()
        image.version = UInt32(PNG_IMAGE_VERSION)
        guard png_image_begin_read_from_memory(&image, bytes.baseAddress, bytes.count) != 0 else { throw .damaged }
        defer { png_image_free(&image) }
        try Self.check(Int(image.width), Int(image.height))
        // Blue, green, red, and how much it covers.
        image.format = UInt32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_BGR | PNG_FORMAT_FLAG_ALPHA)
        try self.init(width: Int(image.width), height: Int(image.height))
        guard png_image_finish_read(&image, nil, rows, rowBytes, nil) != 0 else { throw .damaged }
        WebPBlendAlpha(&picture, Self.paper)
    }

    private convenience init(webp bytes: UnsafeBufferPointer<UInt8>) throws(Photograph.Trouble) {
        var (width, height): (Int32, Int32) = (0, 0)
        guard WebPGetInfo(bytes.baseAddress, bytes.count, &width, &height) != 0 else { throw .damaged }
        try Self.check(Int(width), Int(height))
        try self.init(width: Int(width), height: Int(height))
        let size = Int(rowBytes) * self.height
        guard WebPDecodeBGRAInto(bytes.baseAddress, bytes.count, rows, size, rowBytes) != nil else { throw .damaged }
        WebPBlendAlpha(&picture, Self.paper)
    }

    /// What shows where a picture is see-through.
    private static let paper: UInt32 = 0xff_ffff

    private var rows: UnsafeMutablePointer<UInt8> {
        UnsafeMutableRawPointer(picture.argb).assumingMemoryBound(to: UInt8.self)
    }

    // MARK: Making anew

    /// Makes it smaller, until its longer side is no longer than this.
    func shrink(to side: Int) throws(Photograph.Trouble) {
        let longer = max(width, height)
        guard longer > side else { return }
        func part(_ length: Int) -> Int32 { Int32(max(1, (length * side + longer / 2) / longer)) }
        guard WebPPictureRescale(&picture, part(width), part(height)) != 0 else { throw .tooLarge }
    }

    /// Turns it the way that the camera was held.
    func turn(_ orientation: Orientation) throws(Photograph.Trouble) {
        guard orientation != .upright else { return }
        let (wide, high) = orientation.isOnItsSide ? (height, width) : (width, height)
        let turned = try Canvas(width: wide, height: high)
        for y in 0..<high {
            for x in 0..<wide {
                let (fromX, fromY) = orientation.source(of: (x, y), wide: wide, high: high)
                turned.picture.argb[y * turned.stride + x] = picture.argb[fromY * stride + fromX]
            }
        }
        swap(&picture, &turned.picture)
    }

    /// It as a JPEG, with nothing in it but what is to be seen.
    func jpeg() throws(Photograph.Trouble) -> Photograph.Picture {
        guard let writer = tjInitCompress() else { throw .tooLarge }
        defer { tjDestroy(writer) }
        var (bytes, length): (UnsafeMutablePointer<UInt8>?, UInt) = (nil, 0)
        defer { tjFree(bytes) }
        let told = tjCompress2(
            writer, rows, Int32(width), rowBytes, Int32(height), Int32(TJPF_BGRA.rawValue), &bytes, &length,
            Int32(TJSAMP_420.rawValue), Photograph.quality, TJFLAG_PROGRESSIVE)
        guard told == 0, let bytes else { throw .tooLarge }
        return Photograph.Picture(
            bytes: Array(UnsafeBufferPointer(start: bytes, count: Int(length))), width: width, height: height)
    }
}
