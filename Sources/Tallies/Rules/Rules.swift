extension Rule {
    /// Every rule there is, in the order in which they are listed.
    public static let all: [Rule] = runOffs + pairwise + scored + committees + money + thresholds

    /// The rule of that name.
    public static func named(_ name: String) -> Rule? { all.first { $0.name == name } }
}
