import CQRCode
import Markup

/// A QR code of an address, named `label` for those who hear the page; nothing when it can't be one.
func qrCode(_ text: String, label: String) -> HTML { QRCode.picture(of: text, label: label) ?? .empty }

/// An address that a phone's camera can read.
enum QRCode {
    /// Blank modules on every side. With fewer, many cameras don't find the code.
    static let quietZone = 4
    /// What fits the largest code at this strength of repair, in bytes.
    static let longestText = 2_331

    /// An SVG picture of `text`, with `label` for those who hear the page; nil when the text is empty, too long or
    /// not plain ASCII, which readers guess at differently (an address is always ASCII).
    ///
    /// The plate is light and the ink dark whatever the page's colours, since a code in light on dark doesn't scan
    /// everywhere. A style may give `.qr-code` another dark ink by its `color`.
    static func picture(of text: String, label: String) -> HTML? {
        guard let modules = Modules(text) else { return nil }
        let side = modules.width + 2 * quietZone
        return """
            <svg class="qr-code" viewBox="0 0 \(side) \(side)" role="img" aria-label="\(label)" \
            color="#1c1a17" shape-rendering="crispEdges">\
            <rect width="\(side)" height="\(side)" fill="#ffffff"/>\
            <path fill="currentColor" d="\(modules.path(inset: quietZone))"/></svg>
            """
    }

    /// The squares of a code: `width` rows of `width`, dark where true.
    private struct Modules {
        let width: Int
        private let dark: [Bool]

        /// Repairs up to 15 % of the code (level M): a crease or a thumb, without making it dense.
        init?(_ text: String) {
            guard !text.isEmpty, text.utf8.count <= longestText, text.utf8.allSatisfy({ (1..<128).contains($0) }),
                let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M)
            else { return nil }
            defer { QRcode_free(code) }
            width = Int(code.pointee.width)
            // The lowest bit of each byte is its colour; the others say what part of the code it is.
            dark = UnsafeBufferPointer(start: code.pointee.data, count: width * width).map { $0 & 1 == 1 }
        }

        /// One bar for each run of dark squares in a row.
        func path(inset: Int) -> String {
            var path = ""
            for row in 0..<width {
                var column = 0
                while column < width {
                    let start = column
                    while column < width, dark[row * width + column] { column += 1 }
                    if column > start {
                        path += "M\(start + inset) \(row + inset)h\(column - start)v1H\(start + inset)z"
                    } else {
                        column += 1
                    }
                }
            }
            return path
        }
    }
}
