import Foundation
import Logging
import Markup
import ServiceLifecycle
import Storage

/// Goes round again and again, and writes to those who asked for it: one letter a day at the most, that says how many
/// things are new and not what they are. Nothing waits for it.
///
/// A letter is laid ready in one transaction, taken in hand in another, and given to the server between the two, so
/// it may go twice when a program dies at the wrong moment, with the same Message-ID; and it is never forgotten.
struct MailRound: Service {
    let house: House
    let send: @Sendable (MailLetter) async throws -> Void

    /// Between two rounds.
    static let rest = Duration.seconds(5)
    /// After this many tries, over two days, a letter is given up.
    static let mostTries = 10

    /// How long a letter is left after so many tries: five minutes, then twice as long each time.
    static func pause(after tries: Int) -> Duration { .minutes(5 << min(tries - 1, mostTries)) }

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                await goRound()
                try await Task.sleep(for: Self.rest)
            }
        }
    }

    /// Lays ready what is due, and hands over all that is. A database that can't be reached is waited for.
    func goRound() async {
        do {
            let now = house.now()
            while try await house.database.write({ try $0.layMailReady(at: now) }) {}
            while let ready = try await house.database.write({ try $0.takeMail(dueBy: now) }) {
                try await handOver(ready)
            }
        } catch let error where !(error is CancellationError) {
            house.log.error("mail could not be read", metadata: ["kind": "\(type(of: error))"])
        } catch {}
    }

    private func handOver(_ ready: ReadyMail) async throws {
        let now = house.now()
        guard let letter = letter(ready, at: now) else {
            return try await house.database.write { try $0.mailGivenUp(ready, at: now) }
        }
        do {
            try await send(letter)
            try await house.database.write { try $0.mailWent(ready, at: now) }
        } catch let trouble as MailServer.Trouble {
            let isOver = if case .never = trouble { true } else { ready.tries >= Self.mostTries }
            house.log.warning(
                isOver ? "mail was given up" : "mail did not go", metadata: ["code": "\(trouble.code)"])
            if isOver { try await house.database.write { try $0.mailGivenUp(ready, at: now) } }
        }
    }

    /// Nothing when the address can't be opened: the house's secret is another than it was.
    private func letter(_ ready: ReadyMail, at now: Moment) -> MailLetter? {
        guard let to = MailAddress.open(ready.sealed, house.secret) else { return nil }
        let t = Words(house.catalogue, language: ready.language, zone: house.settings.zone)
        let (address, stop) = (house.settings.address, "\(house.settings.address)/mail/\(ready.id.text)/stop")
        let subject: String
        let body: [String]
        if let words = ready.words {
            guard let words = Keepsake.open(words, house.secret).first else { return nil }
            subject = t("mail.proof.subject")
            body = [
                t("mail.proof.hello"), t("mail.proof.ask", address: address), "\(address)/words/\(words.slug)",
                t("mail.proof.otherwise"),
            ]
        } else {
            subject = t("mail.news.subject")
            body = [
                t("mail.news.count", count: ready.count),
                "\(address)/me",
                t("mail.news.where"),
                t("mail.news.why"),
                stop,
            ]
        }
        let place = URL(string: address)?.host() ?? "roundtable"
        return MailLetter(
            id: "\(ready.letter.text)@\(place)", to: to, subject: subject,
            text: body.joined(separator: "\n\n") + "\n", language: t.language, stop: stop, made: now)
    }
}

extension MailServer.Trouble {
    fileprivate var code: Int {
        switch self {
        case .later(let code), .never(let code): code
        }
    }
}
