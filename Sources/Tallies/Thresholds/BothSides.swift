/// *Both sides must pass*: a proposal passes only if it does on each side by itself, however large each is. It goes
/// around any rule that has a yes or no.
public enum BothSides {
    /// Whether every side passes. Refuses where there are fewer than two sides, or a side's rule has no yes or no.
    public static func count(_ sides: [(name: String, outcome: Outcome)]) throws(Uncountable) -> Outcome {
        guard sides.count >= 2 else { throw .unanswerable("Both sides must pass, and there is only one.") }
        var whole = Outcome(options: sides[0].outcome.options, hasPassed: true)
        for side in sides {
            guard let hasPassed = side.outcome.hasPassed else {
                throw .unanswerable("“Both sides must pass” needs a rule that says yes or no.")
            }
            guard side.outcome.options == whole.options else {
                throw .unanswerable("The sides were asked different things.")
            }
            for var stage in side.outcome.stages {
                stage.heading = [side.name, stage.heading].compactMap { $0 }.joined(separator: ": ")
                whole.stages.append(stage)
            }
            if !hasPassed { whole.hasPassed = false }
        }
        let failing = sides.filter { $0.outcome.hasPassed == false }.map(\.name)
        var last = Stage(heading: "Both sides")
        last.events = [
            .said(
                failing.isEmpty
                    ? "Every side passes it, so it passes."
                    : "It does not pass, because it does not on: \(failing.joined(separator: ", ")).")
        ]
        whole.stages.append(last)
        return whole
    }
}
