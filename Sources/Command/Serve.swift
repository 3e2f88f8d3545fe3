import ArgumentParser
import Foundation
import Roundtable

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serves the house until told to stop.")

    @OptionGroup var place: SettingOptions
    @Option(help: settingHelp("listen")) var listen: String?
    @Option(help: settingHelp("hall")) var hall: String?
    @Option(help: settingHelp("address")) var address: String?
    @Option(help: settingHelp("proxy")) var proxy: String?
    @Option(help: settingHelp("zone")) var zone: String?
    @Option(help: settingHelp("practice")) var practice: String?
    @Option(help: settingHelp("log")) var log: String?
    @Option(help: settingHelp("metrics")) var metrics: String?
    @Option(help: settingHelp("mail")) var mail: String?
    @Option(help: settingHelp("mail-from")) var mailFrom: String?
    @Option(help: settingHelp("mail-trust")) var mailTrust: String?
    @Option(help: settingHelp("assets")) var assets: String?
    @Option(help: settingHelp("development")) var development: String?

    func run() async throws {
        var flags = place.flags()
        for (name, value) in [
            "listen": listen, "hall": hall, "address": address, "proxy": proxy, "zone": zone,
            "practice": practice, "log": log, "metrics": metrics, "mail": mail, "mail-from": mailFrom,
            "mail-trust": mailTrust,
            "assets": assets, "development": development,
        ] { flags[name] = value }
        let settings = try Settings(flags: flags, environment: ProcessInfo.processInfo.environment)
        Roundtable.beginLog(settings)
        let house = try await plainly { try await House.open(settings) }
        let firstKey = try await house.firstKeyAddress()
        try await house.serve { port in
            say("Roundtable is open at \(settings.isAddressSet ? settings.address : settings.ownAddress)")
            if let hall = settings.hall {
                say(
                    """
                    In the hall, phones on its network find it at \(hall)
                    To show that on a wall, with a code: open a gathering on this computer, and press Show the way in.
                    """)
                if let caution = settings.hallCaution { say(caution) }
            }
            if let firstKey {
                say("This house has no keeper yet. Whoever opens this address first becomes its keeper:\n\(firstKey)")
            }
        }
    }
}
