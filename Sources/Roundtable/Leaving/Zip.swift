import CZip

/// A zip file made in memory, by libzip.
enum Zip {
    /// A zip of the files given, in their order.
    ///
    /// - Throws: `Failed` with libzip's code, which only a lack of memory brings about.
    static func file(of files: [(name: String, bytes: [UInt8])]) throws -> [UInt8] {
        var trouble = zip_error_t()
        zip_error_init(&trouble)
        guard let whole = zip_source_buffer_create(nil, 0, 0, &trouble),
            let archive = zip_open_from_source(whole, ZIP_TRUNCATE, &trouble)
        else { throw Failed(code: zip_error_code_zip(&trouble)) }
        // Closing gives its own hold up; ours is needed to read what was made.
        zip_source_keep(whole)
        defer { zip_source_free(whole) }
        for (name, bytes) in files { try add(name, bytes, to: archive) }
        guard zip_close(archive) == 0 else {
            zip_discard(archive)
            throw Failed(code: -1)
        }
        return try read(whole)
    }

    private static func add(_ name: String, _ bytes: [UInt8], to archive: OpaquePointer) throws {
        // libzip frees this copy when the archive is closed or discarded.
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 1)
        copy.copyBytes(from: bytes)
        guard let source = zip_source_buffer(archive, copy.baseAddress, zip_uint64_t(bytes.count), 1) else {
            copy.deallocate()
            zip_discard(archive)
            throw Failed(code: -1)
        }
        guard zip_file_add(archive, name, source, zip_flags_t(ZIP_FL_ENC_UTF_8)) >= 0 else {
            zip_source_free(source)
            zip_discard(archive)
            throw Failed(code: -1)
        }
    }

    private static func read(_ source: OpaquePointer) throws -> [UInt8] {
        guard zip_source_open(source) == 0 else { throw Failed(code: -1) }
        defer { zip_source_close(source) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = zip_source_read(source, &piece, zip_uint64_t(piece.count))
            guard count >= 0 else { throw Failed(code: -1) }
            if count == 0 { return bytes }
            bytes += piece.prefix(Int(count))
        }
    }

    struct Failed: Error { let code: Int32 }
}
