// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours: language mode 6, strict imports, and no warning left standing.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "roundtable",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "roundtable", targets: ["Command"]),
        .library(name: "Roundtable", targets: ["Roundtable"]),
        .library(name: "Opinions", targets: ["Opinions"]),
        .library(name: "Tallies", targets: ["Tallies"]),
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.30.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // The program: its commands.
        .executableTarget(
            name: "Command",
            dependencies: [
                "Roundtable", "Opinions", "Tallies", "Photographs",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: house
        ),
        // What `bin/bench` measures against: the web framework with nothing of ours behind it.
        .executableTarget(
            name: "Empty",
            dependencies: [.product(name: "Hummingbird", package: "hummingbird")],
            path: "Benchmarks/Empty",
            swiftSettings: house
        ),
        // What `bin/bench tallies` measures: the counts, without a web or a database.
        .executableTarget(
            name: "Measures",
            dependencies: ["Tallies"],
            path: "Benchmarks/Tallies",
            // What others make of the same votes.
            exclude: ["money.py", "ranked.py"],
            swiftSettings: house
        ),
        // What `bin/bench opinions` measures: the library by itself.
        .executableTarget(
            name: "OpinionsBenchmark", dependencies: ["Opinions"], path: "Benchmarks/Opinions", swiftSettings: house),
        // The rooms and the wiring.
        .target(
            name: "Roundtable",
            dependencies: [
                "Storage", "Markup", "Photographs", "CAssets", "CThrift", "CCurl", "CQRCode", "CZip",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            // Carried inside the program by CAssets.
            exclude: ["Public", "Words"],
            swiftSettings: house
        ),
        // Beneath the rooms: each knows nothing of them, nor of one another.
        .target(
            name: "Storage",
            dependencies: [
                "CPostgres", "CSQLite",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: house
        ),
        .target(name: "Markup", swiftSettings: house),
        // What a group decides, counted: the standard library and nothing else.
        .target(name: "Tallies", swiftSettings: house),
        // What a group thinks, out of its votes: the standard library and the C mathematics only.
        .target(name: "Opinions", swiftSettings: house),
        // A photograph made anew, with nothing in it but what is to be seen; and the walls to do that within.
        .target(name: "Photographs", dependencies: ["CPictures", "CConfine"], swiftSettings: house),
        .target(name: "CConfine"),
        // Styles, scripts and words, carried inside the program.
        .target(name: "CAssets"),
        // What the program asks of the system's memory.
        .target(name: "CThrift"),
        // What SQLite is told before its first connection, which Swift can't say.
        .target(name: "CSQLite"),
        // Kept C libraries of the system.
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(
            name: "CPictures", pkgConfig: "libturbojpeg",
            providers: [.apt(["libturbojpeg0-dev", "libpng-dev", "libwebp-dev"])]),
        .systemLibrary(name: "CQRCode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),

        .testTarget(
            name: "RoundtableTests",
            dependencies: [
                "Roundtable", "Storage", "StorageTesting", "Markup", "Photographs", "PhotographsTesting",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house
        ),
        // The house keeps its own rules: its sources, its commands and its guides are read.
        .testTarget(
            name: "HouseTests",
            dependencies: [
                "Command", "Roundtable", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: house
        ),
        // New databases for tests, on each engine.
        .target(name: "StorageTesting", dependencies: ["Storage"], swiftSettings: house),
        .testTarget(name: "StorageTests", dependencies: ["Storage", "StorageTesting"], swiftSettings: house),
        // Pictures for tests.
        .target(name: "PhotographsTesting", swiftSettings: house),
        .testTarget(
            name: "PhotographsTests", dependencies: ["Photographs", "PhotographsTesting", "CPictures"],
            swiftSettings: house),
        .testTarget(name: "MarkupTests", dependencies: ["Markup"], swiftSettings: house),
        .testTarget(name: "TalliesTests", dependencies: ["Tallies"], swiftSettings: house),
        .testTarget(name: "OpinionsTests", dependencies: ["Opinions"], swiftSettings: house),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c2x
)
