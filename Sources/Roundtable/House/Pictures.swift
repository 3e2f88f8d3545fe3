import Markup

/// A picture of ours, drawn by one hand: on a square of 48, one line of 2.5 with round ends,
/// and a second colour that slips a little out of the line, as in a hand-pulled print.
enum Picture: String, CaseIterable, Sendable {
    case back, bell, calendar, card, chair, clock, cup, door, ear, envelope, forwards, hand, key, openDoor
    case passItOn, path, pencil, receipt, table, thread, tick, unknown, wall
}

/// How large a picture stands beside its words.
enum PictureSize: Sendable {
    /// In a line of words.
    case small
    /// Beside a heading or a few lines.
    case usual
    /// Alone on an empty page.
    case large

    fileprivate var mark: HTML {
        switch self {
        case .small: " picture-small"
        case .usual: ""
        case .large: " picture-large"
        }
    }
}

/// A picture that only keeps words company: a screen reader passes over it.
func picture(_ picture: Picture, _ size: PictureSize = .usual) -> HTML {
    """
    <svg class="picture\(size.mark)\(picture.turns ? " picture-turns" : "")" viewBox="0 0 48 48" width="36" height="36" aria-hidden="true" focusable="false">\
    \(picture.drawing)</svg>
    """
}

extension Picture {
    /// Whether it shows a way, which runs the other way where the writing does.
    fileprivate var turns: Bool { [.back, .forwards, .openDoor, .passItOn, .path].contains(self) }

    /// The lines themselves. What is filled comes first, so that the line is drawn over it.
    var drawing: HTML {
        switch self {
        case .back, .forwards, .path, .thread, .tick, .unknown: signs
        case .card, .envelope, .key, .pencil, .receipt: held
        case .chair, .cup, .door, .openDoor, .table, .wall: inTheRoom
        case .bell, .calendar, .clock, .ear, .hand, .passItOn: atTheTable
        }
    }

    private var signs: HTML {
        switch self {
        case .back:
            """
            <circle class="accent" cx="26" cy="26" r="17"/><circle cx="24" cy="24" r="17"/>\
            <path d="M33 29v-2a5 5 0 0 0-5-5H15M20 16l-6 6 6 6"/>
            """
        case .forwards:
            """
            <circle class="accent" cx="26" cy="26" r="17"/><circle cx="24" cy="24" r="17"/>\
            <path d="M14 24h19M27 18l6 6-6 6"/>
            """
        case .path:
            """
            <circle class="accent" cx="11" cy="39" r="5"/><path d="M9 37h20a6.5 6.5 0 0 0 0-13H19a6.5 6.5 0 0 1 0-13h20"/>\
            <path d="M34 5.5l6 5.5-6 5.5"/>
            """
        case .thread:
            """
            <path class="accent" d="M18 16h17v20H18z"/><rect x="11" y="7" width="24" height="6" rx="3"/>\
            <rect x="11" y="34" width="24" height="6" rx="3"/>\
            <path d="M15 13v21M31 13v21M15 19l16-3M15 25l16-3M15 31l16-3M31 29c8-1 3 8 11 7"/>
            """
        case .tick:
            """
            <circle class="accent" cx="26" cy="26" r="17"/><circle cx="24" cy="24" r="17"/><path d="M15.5 25l6 6 11-13"/>
            """
        default:
            """
            <circle class="accent" cx="26" cy="26" r="17"/><circle cx="24" cy="24" r="17"/>\
            <path d="M18.5 19a5.5 5.5 0 1 1 8.5 5c-2 1.3-3 2.5-3 4.5"/><circle class="dot" cx="24" cy="34" r="1.8"/>
            """
        }
    }

    private var held: HTML {
        switch self {
        case .card:
            """
            <rect class="accent" x="9" y="13" width="35" height="27" rx="4"/><rect x="5" y="9" width="35" height="27" rx="4"/>\
            <path d="M12 18h13M12 26h21"/>
            """
        case .envelope:
            """
            <rect class="accent" x="9" y="14" width="35" height="26" rx="4"/><rect x="5" y="10" width="35" height="26" rx="4"/>\
            <path d="M6 13l13.5 11a5 5 0 0 0 6 0L39 13"/>
            """
        case .key:
            """
            <circle class="accent" cx="17" cy="26" r="9"/><circle cx="14" cy="24" r="9"/><circle cx="14" cy="24" r="2.5"/>\
            <path d="M23 24h20v7M35 24v5"/>
            """
        case .pencil:
            """
            <path class="accent" d="M13 41l3-10L35 12l7 7-19 19z"/>\
            <path d="M8 40l3-10L31 10a4.6 4.6 0 0 1 7 0 4.6 4.6 0 0 1 0 7L18 37zM27 14l7 7M11 30l7 7"/>
            """
        default:
            """
            <path class="accent" d="M15 8h22v35l-3.7-3-3.6 3-3.7-3-3.7 3-3.6-3-3.7 3z"/>\
            <path d="M12 5h22v36l-3.7-3-3.6 3-3.7-3-3.7 3-3.6-3-3.7 3zM18 13h10M18 20h10M18 27h6"/>
            """
        }
    }

    private var inTheRoom: HTML {
        switch self {
        case .chair:
            """
            <rect class="accent" x="16" y="8" width="20" height="16" rx="5"/><rect x="14" y="6" width="20" height="16" rx="5"/>\
            <rect x="10" y="26" width="28" height="6.5" rx="3.25"/><path d="M18 22v4M30 22v4M14 32.5L12 42M34 32.5L36 42"/>
            """
        case .cup:
            """
            <path class="accent" d="M11 19h24v14a8 8 0 0 1-8 8h-8a8 8 0 0 1-8-8z"/>\
            <path d="M8 16h24v15a8 8 0 0 1-8 8h-8a8 8 0 0 1-8-8zM32 20h3a5.5 5.5 0 0 1 0 11h-3M16 11c0-2.5 2.5-2.5 2.5-5M24 11c0-2.5 2.5-2.5 2.5-5"/>
            """
        case .door:
            """
            <path class="accent" d="M15 10a3 3 0 0 1 3-3h17a3 3 0 0 1 3 3v33H15z"/>\
            <path d="M12 41V9a4 4 0 0 1 4-4h15a4 4 0 0 1 4 4v32M6 41h36"/><circle class="dot" cx="29" cy="24" r="2"/>
            """
        case .openDoor:
            """
            <path class="accent" d="M25 8h14v33H25z"/><path d="M12 41V9a4 4 0 0 1 4-4h16a4 4 0 0 1 4 4v32M25 41h17M6 41h6"/>\
            <path d="M13 6l12 6v33l-13-4"/><circle class="dot" cx="21" cy="27" r="1.8"/>
            """
        case .table:
            """
            <circle class="accent" cx="25.5" cy="25.5" r="10.5"/><circle cx="24" cy="24" r="10.5"/>\
            <circle cx="24" cy="5.5" r="3.2"/><circle cx="40" cy="14.75" r="3.2"/><circle cx="40" cy="33.25" r="3.2"/>\
            <circle cx="24" cy="42.5" r="3.2"/><circle cx="8" cy="33.25" r="3.2"/><circle cx="8" cy="14.75" r="3.2"/>
            """
        default:
            """
            <rect class="accent" x="9" y="10" width="35" height="24" rx="3"/><rect x="6" y="7" width="35" height="24" rx="3"/>\
            <path d="M13 15h13M13 23h20M17 31l-4 11M30 31l4 11"/>
            """
        }
    }

    private var atTheTable: HTML {
        switch self {
        case .bell:
            """
            <path class="accent" d="M13 36c3-3 3.5-6 3.5-11.5a9.5 9.5 0 0 1 19 0c0 5.5 .5 8.5 3.5 11.5z"/>\
            <path d="M24 6v4M11 34c3-3 3.5-6 3.5-11.5a9.5 9.5 0 0 1 19 0c0 5.5 .5 8.5 3.5 11.5zM20 39a4.3 4.3 0 0 0 8 0"/>
            """
        case .calendar:
            """
            <rect class="accent" x="10" y="13" width="33" height="30" rx="4"/><rect x="7" y="10" width="33" height="30" rx="4"/>\
            <path d="M7 19h33M16 5.5v8M31 5.5v8"/><circle cx="29" cy="30" r="4"/>
            """
        case .clock:
            """
            <circle class="accent" cx="26" cy="26" r="17"/><circle cx="24" cy="24" r="17"/><path d="M24 13v11l7 5"/>
            """
        case .ear:
            """
            <path class="accent" d="M15 21a11 11 0 0 1 22 0c0 8-7 9-8 15a6 6 0 0 1-10 3z"/>\
            <path d="M12 19a11.5 11.5 0 0 1 23 0c0 8-7 9-8 15.5a6.5 6.5 0 0 1-12 2.5M18.5 20a5.5 5.5 0 0 1 10.5 0c0 3.5-4.5 4-4.5 7.5"/>
            """
        case .hand:
            """
            <path class="accent" d="M16 27h23v4a13 13 0 0 1-24 7z"/>\
            <path d="M14.5 28V13a2.8 2.8 0 0 1 5.6 0v10M20.1 22V8.5a2.8 2.8 0 0 1 5.6 0V22M25.7 22V10.5a2.8 2.8 0 0 1 5.6 0V23"/>\
            <path d="M31.3 17a2.8 2.8 0 0 1 5.6 0v12.5A12.5 12.5 0 0 1 24.4 42c-6 0-9-2.5-11.7-7L7.5 28a3 3 0 0 1 5-3.3l2 3.3"/>
            """
        default:
            """
            <rect class="accent" x="9" y="9" width="20" height="34" rx="4"/><rect x="6" y="6" width="20" height="34" rx="4"/>\
            <path d="M14 34h4M31 24h12M37.5 18l6 6-6 6"/>
            """
        }
    }
}
