import ArgumentParser
import Foundation
import Opinions

/// Finds the groups of opinion in votes.
struct OpinionGroups: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "opinions",
        abstract: "Says what groups there are among people who voted, and what each thinks.",
        discussion: """
            Takes what Polis exports: its folder, or one file of it (votes.csv, participants-votes.csv or votes.json). \
            Statements that were moderated out, and what each says, come from comments.csv or comments.json beside it, \
            where there is one. Nothing is kept, and nothing leaves this machine.
            """)

    @Argument(help: "The folder, or the file with the votes.") var files: [String]
    @Flag(help: "Prints a row for each statement, parted by commas: who said what, by group.") var csv = false
    @Flag(help: "Prints JSON: the groups, what tells them apart, what all agree on, and what to ask next.")
    var json = false
    @Flag(help: "Prints a map of the groups as SVG, with the same in words inside it.") var svg = false
    @Flag(help: "Takes the votes in as they came, as a conversation grows. Slower; it needs their times.")
    var replay = false

    func validate() throws {
        if [csv, json, svg].count(where: { $0 }) > 1 {
            throw ValidationError("Only one of --csv, --json and --svg can be printed")
        }
        if svg, files.count > 1 { throw ValidationError("--svg prints one map: name one file") }
    }

    func run() async throws {
        for file in files { try await tell(file) }
    }

    private func tell(_ file: String) async throws {
        let progress = Progress()
        progress.say("Reading \(file)")
        let read = try VoteFiles(file, keepingTimes: replay)
        progress.say("Finding groups among \(read.votes.participantCount) people")
        let conversation = await conversation(read, progress)
        let subgroups = await conversation.subgroups()
        progress.clear()
        let report = OpinionReport(
            file: file, votes: read.votes, texts: read.texts, analysis: conversation.analysis, subgroups: subgroups)
        if json {
            say(try report.json())
        } else if csv {
            print(report.csv, terminator: "")
        } else if svg {
            print(OpinionMap(report).svg, terminator: "")
        } else {
            say(report.lines.joined(separator: "\n") + (files.count > 1 ? "\n" : ""))
        }
        fflush(nil)
    }

    /// Half an hour of votes is taken in at once, and not fewer than fifty, so that a year's take seconds.
    private static let pace = Conversation.Pace(interval: 30 * 60 * 1000, least: 50)

    private func conversation(_ read: VoteFiles, _ progress: Progress) async -> Conversation {
        if read.isTable, read.votes.participantCount <= Conversation.fewPeople {
            var conversation = Conversation()
            await conversation.grow(read.votes)
            return conversation
        }
        guard !read.cast.isEmpty else {
            var conversation = Conversation(read.votes)
            await conversation.refresh()
            return conversation
        }
        var votes = Votes()
        (votes.moderatedOut, votes.meta) = (read.votes.moderatedOut, read.votes.meta)
        var conversation = Conversation(votes)
        let all = read.cast.count
        // Where there are few, each is taken in by itself, as they were when they came.
        let pace = all <= Conversation.fewVotes ? Conversation.Pace(interval: 0) : Self.pace
        await conversation.replay(read.cast, pace: pace) { progress.say("Taking in votes: \($0) of \(all)") }
        return conversation
    }
}

/// One line that says how far long work has come: only on a terminal, and gone when it is done.
struct Progress: Sendable {
    private let isSeen = isatty(STDERR_FILENO) == 1

    func say(_ line: String) {
        guard isSeen else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K\(line.filter { !$0.isNewline })…".utf8))
    }

    func clear() {
        guard isSeen else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }
}
