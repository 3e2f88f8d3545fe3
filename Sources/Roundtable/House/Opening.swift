import Hummingbird
import Markup

/// One kind of thing that six words open, as the door for words sees it.
///
/// Looking never opens: a link may be fetched by a preview, a scanner or a curious neighbour. The button opens.
struct Opening: Sendable {
    /// What the words' hash is kept apart by: `pass`, `receipt`, `invitation`, `parcel`.
    let kind: String
    /// What is behind the words, or nothing when no such words were ever given out (or are no longer good).
    let offer: @Sendable (_ hash: String, House, Visit) async throws -> Offer?
    /// Opens it, on this device.
    let open: @Sendable (SixWords, _ hash: String, House, Request, Visit) async throws -> Response

    /// What the door says before it is opened.
    struct Offer: Sendable {
        let title: String
        let text: HTML
        /// Nothing when they open nothing any more, and the text says so.
        let button: String?
        /// Further fields of the form, as a name to be known by.
        var fields: HTML = .empty
    }
}
