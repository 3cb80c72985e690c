package import BerthDiagnostics
package import BerthStack
package import BerthTopology

/// The guests that come with Berth. The files beside this one are the source; a test holds folder and list together.
package enum BundledTopologies {
    /// What `berth` takes when no input is named.
    package static let defaultName = "pc-seabios-gen9"

    /// Names in alphabetical order.
    package static var names: [String] { files.keys.sorted() }

    /// The text of a file; nil for a name that is not there.
    package static func file(named name: String) -> [UInt8]? { files[name] }

    /// Errors: none for the files as they are shipped.
    package static func topology(
        named name: String, stack: StackChoice = StackChoice()
    ) throws(InputError) -> GuestTopology? {
        guard let bytes = files[name] else { return nil }
        return try TopologyFile.read(bytes, file: "Topologies/\(name).yaml", stack: stack)
    }

    private static let files: [String: [UInt8]] = [
        "ovmf-32bit-reach": PackageResources.ovmf_32bit_reach_yaml,
        "pc-ovmf-gen8": PackageResources.pc_ovmf_gen8_yaml,
        "pc-seabios-gen6": PackageResources.pc_seabios_gen6_yaml,
        "pc-seabios-gen7": PackageResources.pc_seabios_gen7_yaml,
        "pc-seabios-gen8": PackageResources.pc_seabios_gen8_yaml,
        "pc-seabios-gen9": PackageResources.pc_seabios_gen9_yaml,
        "pc-windows-gen9": PackageResources.pc_windows_gen9_yaml,
        "q35-busy": PackageResources.q35_busy_yaml,
        "q35-meteor-lake": PackageResources.q35_meteor_lake_yaml,
        "q35-nothing-fits": PackageResources.q35_nothing_fits_yaml,
        "q35-ovmf-gen11": PackageResources.q35_ovmf_gen11_yaml,
        "q35-ovmf-gen12": PackageResources.q35_ovmf_gen12_yaml,
        "q35-ovmf-gen9": PackageResources.q35_ovmf_gen9_yaml,
        "q35-slot2-taken": PackageResources.q35_slot2_taken_yaml,
    ]
}
