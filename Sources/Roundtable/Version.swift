/// What this program is.
public enum Roundtable {
    public static let version = "0.1.0"
}
