/// Limits that count only wrong guesses.
actor Guesses {
    enum Courtesy: Sendable {
        case tryAgain, slow(wait: Duration), enough
        func wait() async throws -> Bool { true }
    }
    func wrong(network: String, device: String, at now: Moment) -> Courtesy { .tryAgain }
}
