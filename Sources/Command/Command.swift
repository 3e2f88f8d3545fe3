import ArgumentParser
import Roundtable
@main struct RoundtableCommand: ParsableCommand {}
