import Markup
import NIOCore

/// Pieces that are told together, written as events, the smallest number first.
///
///     id: 12
///     event: piece
///     data: <li id="contribution-…">…</li>
///
/// A piece that is taken off the page is `event: gone` with the id of its element.
struct LiveBatch: Sendable {
    let pieces: [LivePiece]
    private let written: [ByteBuffer]
    /// All of them, as `events` gives them.
    private let whole: ByteBuffer

    /// A word that only keeps the line open.
    static let nothing = chunk(of: Live.opening)

    init(_ pieces: [LivePiece]) {
        let pieces = pieces.sorted { $0.changed < $1.changed }
        self.pieces = pieces
        written = pieces.indices.map { place in
            let isLast = place + 1 == pieces.count || pieces[place + 1].changed > pieces[place].changed
            return Self.event(pieces[place], id: isLast ? pieces[place].changed : pieces[place].changed - 1)
        }
        whole = Self.chunk(of: Self.joined(written[...]))
    }

    /// Which piece has which number.
    var numbers: [String: Int64] {
        Dictionary(pieces.map { ($0.element, $0.changed) }, uniquingKeysWith: { max($0, $1) })
    }

    /// Those that a listener does not have yet, nor anything newer in their place. Nearly always that is all of them,
    /// and the same bytes for everybody: a chunk, ready for the socket.
    func events(without having: [String: Int64], from: Int64) -> ByteBuffer {
        func isNew(_ piece: LivePiece) -> Bool { piece.changed > max(from, having[piece.element, default: 0]) }
        if pieces.allSatisfy(isNew) { return whole }
        return Self.chunk(of: Self.joined(zip(pieces, written).filter { isNew($0.0) }.map(\.1)[...]))
    }

    /// As an answer's body is sent whose length nobody knows (RFC 9112, 7.1); nothing at all where there is nothing,
    /// since an empty chunk ends it.
    private static func chunk(of bytes: ByteBuffer) -> ByteBuffer {
        guard bytes.readableBytes > 0 else { return bytes }
        var chunk = ByteBuffer(string: String(bytes.readableBytes, radix: 16) + "\r\n")
        chunk.writeImmutableBuffer(bytes)
        chunk.writeString("\r\n")
        return chunk
    }

    /// All of them, so many to a buffer.
    func events(atOnce count: Int) -> [ByteBuffer] {
        stride(from: 0, to: written.count, by: count).map {
            Self.joined(written[$0..<min($0 + count, written.count)])
        }
    }

    private static func joined(_ events: ArraySlice<ByteBuffer>) -> ByteBuffer {
        var whole = ByteBuffer()
        for event in events { whole.writeImmutableBuffer(event) }
        return whole
    }

    /// - Parameter id: the last number of which whoever has read so far has everything. Several pieces may have changed
    ///   under one number, as when a wall is covered, and only with the last of them they have that.
    private static func event(_ piece: LivePiece, id: Int64) -> ByteBuffer {
        var event = ByteBuffer(string: "id: \(id)\nevent: \(piece.html.isEmpty ? "gone" : "piece")\n")
        let data = piece.html.isEmpty ? Array(piece.element.utf8) : piece.html.bytes
        // Any of the three ways to end a line ends a field (HTML, 9.2.6), so each line is a field of its own.
        for line in data.split(
            omittingEmptySubsequences: false, whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
        {
            event.writeString("data: ")
            event.writeBytes(line)
            event.writeString("\n")
        }
        event.writeString("\n")
        return event
    }
}
