package import BerthStack

/// Which properties QEMU's PCI device models have, and of which kind, as `-device MODEL,help` of some releases lists them.
///
/// Of a release that was not asked the answer is that of its neighbours, where they agree.
package enum RecordedProperties {
    /// Nil for a property that no model has that was asked, or that is of several kinds.
    package static func kind(of name: String) -> PropertyKind? { kinds[name] }

    /// The kind that a model's property has.
    package static func kind(of name: String, model: String) -> PropertyKind? {
        let own = models[model]?[name]
        return own?.kind ?? (models[model] == nil ? kinds[name] : nil)
    }

    /// Whether a release has a model's property; nil where that is not known.
    package static func has(_ name: String, model: String, _ release: QEMURelease) -> Bool? {
        // What goes for every device, and what takes both numbers and words.
        if ["driver", "id", "bus", "addr"].contains(name) { return true }
        guard let properties = models[model] else { return nil }
        let releases = properties[name]?.releases ?? []
        if let since = starts[name], !releases.isEmpty { return release >= since }
        let below = askedReleases.last { $0 <= release }
        let above = askedReleases.first { $0 >= release }
        switch (below.map(releases.contains), above.map(releases.contains)) {
        case (let a?, let b?): return a == b ? a : nil
        // Older and newer than what was asked: what neither end has, nobody had.
        case (let a?, nil): return a ? true : nil
        case (nil, let b?): return b ? nil : false
        case (nil, nil): return nil
        }
    }

    /// What a model's properties are called that a release has, for hints.
    package static func names(of model: String, _ release: QEMURelease) -> [String] {
        (models[model] ?? [:]).keys.filter { has($0, model: model, release) == true }.sorted()
    }

    /// Where a release between two that were asked began with it.
    ///
    /// Source: hw/vfio/pci.c, hw/misc/pci-testdev.c of QEMU 9.2, 10.0, 10.1.
    private static let starts: [String: QEMURelease] = [
        "x-igd-legacy-mode": QEMURelease(10, 0), "x-igd-lpc": QEMURelease(10, 0),
        "x-pci-class-code": QEMURelease(10, 1), "membar-backed": QEMURelease(10, 1),
    ]

    private struct Row {
        var kind: PropertyKind
        var releases: Set<QEMURelease>
    }

    private static let askedReleases = asked.split(separator: " ").compactMap { QEMURelease(grammar: String($0)) }

    private static let models: [String: [String: Row]] = {
        var found: [String: [String: Row]] = [:]
        for (model, kind, releases, names) in lines where model != "*" {
            for name in names { found[model, default: [:]][name] = Row(kind: kind, releases: releases) }
        }
        return found
    }()

    private static let kinds: [String: PropertyKind] = {
        var found: [String: PropertyKind] = [:]
        var mixed: Set<String> = []
        for (_, kind, _, names) in lines {
            for name in names where found.updateValue(kind, forKey: name).map({ $0 != kind }) == true {
                mixed.insert(name)
            }
        }
        for name in mixed { found[name] = nil }
        return found
    }()

    private typealias Line = (model: String, kind: PropertyKind, releases: Set<QEMURelease>, names: [String])

    private static let lines: [Line] = table.split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ").map(String.init)
        guard words.count > 3, let kind = PropertyKind(rawValue: words[1]) else { return nil }
        let releases = words[2].split(separator: ",").compactMap { QEMURelease(grammar: String($0)) }
        return (words[0], kind, Set(releases), Array(words[3...]))
    }
}
