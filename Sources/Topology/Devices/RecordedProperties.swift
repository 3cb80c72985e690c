package import BerthStack
import Synchronization

/// Which device models QEMU has, on which bus, and which properties of which kind each has, as `-device MODEL,help` of some
/// releases lists them.
///
/// Of a release that was not asked the answer is that of its neighbours, where they agree.
package enum RecordedProperties {
    /// Nil for a property that no model has that was asked, or that is of several kinds.
    package static func kind(of name: String) -> PropertyKind? { kinds[name] }

    /// The kind that a model's property has; nil where it was of several.
    package static func kind(of name: String, model: String) -> PropertyKind? {
        guard let own = properties(of: model) else { return kinds[name] }
        return own[name]?.kind
    }

    /// What QEMU calls the bus that a model is plugged into, `-` for none; nil for a model that was not seen.
    package static func bus(of model: String) -> String? { models[canonical(model)]?.bus }

    /// Whether a release has a model's property; nil where that is not known.
    package static func has(_ name: String, model: String, _ release: QEMURelease) -> Bool? {
        // What goes for every device, and what takes both numbers and words.
        if ["driver", "id", "bus", "addr"].contains(name) { return true }
        // An array's elements are there once its length was set; what every object has is not listed.
        if name.contains("[") || unlisted.contains(name) { return nil }
        guard let own = properties(of: model) else { return nil }
        let releases = own[name]?.releases ?? []
        if let since = starts[name], !releases.isEmpty { return release >= since }
        let below = askedReleases.last { $0 <= release }
        let above = askedReleases.first { $0 >= release }
        switch (below.map(releases.contains), above.map(releases.contains)) {
        case (let a?, let b?): return a == b ? a : nil
        case (let a?, nil): return a ? true : nil
        // Older than what was asked: of host devices everything is known that came and went.
        case (nil, let b?): return b || !canonical(model).hasPrefix("vfio-pci") ? nil : false
        case (nil, nil): return nil
        }
    }

    /// What QEMU says of a value of another kind in JSON.
    ///
    /// Source: qobject_input_type_bool, _str, _int64 and _uint64 in qapi/qobject-input-visitor.c of QEMU 7.2 and 11.1.
    package static func complaint(_ name: String, wants kind: PropertyKind, _ release: QEMURelease) -> String {
        kind == .number && !isSigned(name, release)
            ? "Parameter '\(name)' expects uint64" : "Invalid parameter type for '\(name)', expected: \(kind.name)"
    }

    private static func isSigned(_ name: String, _ release: QEMURelease) -> Bool {
        guard let asked = askedReleases.last(where: { $0 <= release }) ?? askedReleases.first else { return false }
        return modelRows.contains { row in
            row[0] == "signed" && row[2...].contains { $0 == name } && (releases(row[1])?.contains(asked) ?? true)
        }
    }

    /// What a model's properties are called that a release has, for hints.
    package static func names(of model: String, _ release: QEMURelease) -> [String] {
        (properties(of: model) ?? [:]).keys.filter { has($0, model: model, release) == true }.sorted()
    }

    private static let unlisted: Set = ["type", "realized", "hotpluggable", "hotplugged", "parent_bus"]

    /// Where a release between two that were asked began with it.
    ///
    /// Source: hw/vfio/pci.c, hw/misc/pci-testdev.c of QEMU 9.2, 10.0, 10.1.
    private static let starts: [String: QEMURelease] = [
        "x-igd-legacy-mode": QEMURelease(10, 0), "x-igd-lpc": QEMURelease(10, 0),
        "x-pci-class-code": QEMURelease(10, 1), "membar-backed": QEMURelease(10, 1),
    ]

    private static let askedReleases = asked.split(separator: " ").compactMap { QEMURelease(grammar: String($0)) }

    // MARK: Models

    private struct Model {
        var bus: String
        var releases: Set<QEMURelease>
    }

    private static let modelRows = modelTable.split(separator: "\n").map { $0.split(separator: " ") }

    private static let models: [String: Model] = {
        var found: [String: Model] = [:]
        for words in modelRows where !["alias", "signed"].contains(words[0]) {
            let model = Model(bus: String(words[0]), releases: releases(words[1]) ?? Set(askedReleases))
            for name in words[2...] { found[String(name)] = model }
        }
        return found
    }()

    private static let aliases = Dictionary(
        uniqueKeysWithValues: modelRows.filter { $0[0] == "alias" }.flatMap { $0[2...] }.compactMap {
            word -> (String, String)? in
            let sides = word.split(separator: "=").map(String.init)
            return sides.count == 2 ? (sides[0], sides[1]) : nil
        })

    private static func canonical(_ model: String) -> String { aliases[model] ?? model }

    /// Nil for those that the model has.
    private static func releases(_ words: Substring) -> Set<QEMURelease>? {
        words == "*" ? nil : Set(words.split(separator: ",").compactMap { QEMURelease(grammar: String($0)) })
    }

    // MARK: Properties

    private struct Row {
        /// Nil where it is not the same in all releases.
        var kind: PropertyKind?
        var releases: Set<QEMURelease>
    }

    private struct Block {
        var models: [Substring]
        var lines: [Substring]
    }

    /// Cut up, not read: nobody asks for more than a few models.
    private static let blocks: [Block] = {
        var found: [Block] = []
        for table in [firstTable, secondTable, thirdTable] {
            for line in table.split(separator: "\n") {
                let isHead = line.first == "="
                if isHead, found.last.map({ !$0.lines.isEmpty }) ?? true { found.append(Block(models: [], lines: [])) }
                let last = found.count - 1
                if isHead { found[last].models.append(line.dropFirst(2)) } else { found[last].lines.append(line) }
            }
        }
        return found
    }()

    private static let known = Mutex<[String: [String: Row]]>([:])

    /// Nil for a model that was not seen.
    private static func properties(of name: String) -> [String: Row]? {
        let model = canonical(name)
        guard let recorded = models[model] else { return nil }
        return known.withLock { known in
            if let own = known[model] { return own }
            var own: [String: Row] = [:]
            for block in blocks
            where block.models.contains(where: { $0.split(separator: " ").contains { $0 == model } }) {
                for line in block.lines { add(line, of: recorded, to: &own) }
            }
            known[model] = own
            return own
        }
    }

    private static func add(_ line: Substring, of model: Model, to own: inout [String: Row]) {
        let words = line.split(separator: " ")
        guard words.count > 2, let kind = PropertyKind(rawValue: String(words[0])) else { return }
        let releases = releases(words[1]) ?? model.releases
        for name in words[2...] {
            let before = own[String(name)]
            own[String(name)] = Row(
                kind: before.map { $0.kind == kind ? kind : nil } ?? kind,
                releases: releases.union(before?.releases ?? []))
        }
    }

    private static let kinds: [String: PropertyKind] = {
        var found: [String: PropertyKind] = [:]
        var mixed: Set<String> = []
        for line in blocks.flatMap(\.lines) {
            let words = line.split(separator: " ")
            guard words.count > 2, let kind = PropertyKind(rawValue: String(words[0])) else { continue }
            for name in words[2...].map(String.init)
            where found.updateValue(kind, forKey: name).map({ $0 != kind }) == true { mixed.insert(name) }
        }
        for name in mixed { found[name] = nil }
        return found
    }()
}
