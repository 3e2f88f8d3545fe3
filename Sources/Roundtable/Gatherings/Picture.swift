import Photographs

/// A photograph of a flipchart or a drawing that came with something said, as two files of the house's own.
struct KeptPicture: Sendable, Equatable {
    let contribution: ID<Contribution>
    /// The names of its files.
    let large: String
    let small: String
    let size: PixelSize
}

/// The pixels of the large one.
struct PixelSize: Sendable, Equatable {
    let width: Int
    let height: Int
}

extension Saying {
    /// What somebody says with a photograph: its words are asked for, so that nobody is left out who can't see it.
    static func withPicture(_ form: Form) throws(Refusal) -> Saying {
        guard !Text.isBlank(form.lines("words")) else { throw .pictureSaysNothing }
        return try Saying(form)
    }
}

extension Upload {
    /// Whether it may be a photograph, by how large it is and how it begins.
    static func checked(_ upload: Upload?) throws(Refusal) -> Upload {
        guard let upload else { throw .noPicture }
        guard !upload.isTooLong else { throw .pictureTooLong }
        switch Photograph.Kind(beginning: upload.beginning) {
        case .jpeg, .png, .webp: return upload
        case .phoneOnly: throw .pictureForPhones
        case nil: throw .notAPicture
        }
    }
}

extension Refusal {
    static let noPicture = Refusal("picture.refusal.none", field: "picture")
    static let notAPicture = Refusal("picture.refusal.kind", field: "picture")
    static let pictureForPhones = Refusal("picture.refusal.phone", field: "picture")
    static let pictureTooLong = Refusal(
        "picture.refusal.long", limit: Photograph.largestFile / 1_000_000, field: "picture")
    static let pictureTooLarge = Refusal(
        "picture.refusal.large", limit: Photograph.mostPixels / 1_000_000, field: "picture")
    static let pictureDamaged = Refusal("picture.refusal.damaged", field: "picture")
    static let pictureSaysNothing = Refusal("picture.refusal.words", field: "words")

    init(_ trouble: Photograph.Trouble) {
        self =
            switch trouble {
            case .unknown: .notAPicture
            case .tooLarge: .pictureTooLarge
            case .damaged: .pictureDamaged
            }
    }
}
