import BerthStack
import BerthTopology

/// QEMU's processor models: who they say they are from, and how wide TCG makes them.
///
/// A model says no width of its own: TCG gives 40 bits to every one with long mode, 36 or 32 to others. Recorded, not
/// computed: Tests/Recorders/processors.py writes the recordings, and a test holds each model of three releases against
/// them. What came between two recorded releases counts from the earlier one on, so that no model is refused that a release
/// has.
enum ProcessorModels {
    struct Model: Hashable, Sendable {
        var vendor: Processor.Vendor
        var physicalAddressBits: Int
        /// `pdpe1gb`.
        var hasGiantPages: Bool
        var hasLongMode: Bool { physicalAddressBits == 40 }
    }

    /// One line for models that are alike: CPUID's vendor, width under TCG, pages of 1 GiB; then each with the number of its
    /// newest version in 7.2, 10.0 and 11.1: `-` where there is no such model, 0 where it has no versions. A width of 32
    /// before 10.0 follows a stroke.
    private static let table = """
        AuthenticAMD 36 - athlon:1,1,1
        AuthenticAMD 40 - Opteron_G1:1,1,1 Opteron_G2:1,1,1 Opteron_G3:1,1,1 qemu64:1,1,1
        AuthenticAMD 40 1G EPYC:3,4,5 EPYC-Genoa:-,1,3 EPYC-IBPB:0,0,0 EPYC-Milan:1,2,4 EPYC-Rome:2,4,5 EPYC-Turin:-,-,2 \
        Opteron_G4:1,1,1 Opteron_G5:1,1,1 max:0,0,0 phenom:1,1,1
        GenuineIntel 32 - 486:1,1,1 pentium:1,1,1
        GenuineIntel 36/32 - coreduo:1,1,1 n270:1,1,1 qemu32:1,1,1
        GenuineIntel 36 - kvm32:1,1,1 pentium2:1,1,1 pentium3:1,1,1
        GenuineIntel 40 - Broadwell:4,4,4 Broadwell-IBRS:0,0,0 Broadwell-noTSX:0,0,0 Broadwell-noTSX-IBRS:0,0,0 Conroe:1,1,1 \
        Haswell:4,4,4 Haswell-IBRS:0,0,0 Haswell-noTSX:0,0,0 Haswell-noTSX-IBRS:0,0,0 IvyBridge:2,2,2 IvyBridge-IBRS:0,0,0 \
        Nehalem:2,2,2 Nehalem-IBRS:0,0,0 Penryn:1,1,1 SandyBridge:2,2,2 SandyBridge-IBRS:0,0,0 Skylake-Client:4,4,4 \
        Skylake-Client-IBRS:0,0,0 Skylake-Client-noTSX-IBRS:0,0,0 Westmere:2,2,2 Westmere-IBRS:0,0,0 core2duo:1,1,1 kvm64:1,1,1
        GenuineIntel 40 1G Cascadelake-Server:5,5,7 Cascadelake-Server-noTSX:0,0,0 ClearwaterForest:-,1,4 Cooperlake:2,2,2 \
        Denverton:3,3,3 DiamondRapids:-,-,2 GraniteRapids:-,2,7 Icelake-Server:6,7,9 Icelake-Server-noTSX:0,0,0 KnightsMill:1,1,1 \
        SapphireRapids:-,3,8 SierraForest:-,2,6 Skylake-Server:5,5,6 Skylake-Server-IBRS:0,0,0 \
        Skylake-Server-noTSX-IBRS:0,0,0 Snowridge:4,4,4
        CentaurHauls 40 1G YongFeng:-,2,3
        HygonGenuine 40 1G Dhyana:2,2,2
        - 32 - base:0,0,0
        """

    /// What `-cpu NAME` is under TCG; nil for a name that a release does not have, `host` among them.
    static func model(_ name: String, of release: QEMURelease) -> Model? {
        let (base, version) = split(name)
        guard let row = rows[base] else { return nil }
        let column = release <= QEMURelease(7, 2) ? 0 : release <= QEMURelease(10, 0) ? 1 : 2
        guard let newest = row.newest[column], version <= newest else { return nil }
        var model = row.model
        if row.isNarrowBefore10, column == 0 { model.physicalAddressBits = 32 }
        return model
    }

    /// All names, for hints.
    static var names: [String] { rows.keys.sorted() + ["host"] }

    /// `EPYC-v3` is version 3 of `EPYC`; 0 for a name without one.
    private static func split(_ name: String) -> (base: String, version: Int) {
        guard let dash = name.lastIndex(of: "-") else { return (name, 0) }
        let suffix = name[name.index(after: dash)...]
        guard suffix.first == "v", let version = Int(suffix.dropFirst()) else { return (name, 0) }
        return (String(name[..<dash]), version)
    }

    private struct Row {
        var model: Model
        var isNarrowBefore10: Bool
        /// Newest version in 7.2, 10.0, 11.1.
        var newest: [Int?]
    }

    private static let rows: [String: Row] = {
        var rows: [String: Row] = [:]
        for line in table.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 3 else { continue }
            let widths = fields[1].split(separator: "/").compactMap { Int($0) }
            let model = Model(
                vendor: Processor.Vendor(identification: String(fields[0])), physicalAddressBits: widths.first ?? 40,
                hasGiantPages: fields[2] == "1G")
            for field in fields.dropFirst(3) {
                let parts = field.split(separator: ":")
                guard parts.count == 2 else { continue }
                let newest = parts[1].split(separator: ",").map { Int($0) }
                rows[String(parts[0])] = Row(model: model, isNarrowBefore10: widths.count > 1, newest: newest)
            }
        }
        return rows
    }()
}
