import BerthTopology

/// What a command line gives away of the guest's OS, which it does not name.
struct GuestSigns {
    /// Of the `-cpu` that has enlightenments of Hyper-V (docs/system/i386/hyperv.rst @ QEMU), which nobody gives to another OS.
    private(set) var hyperV: Int?
    var hasTPM = false
    /// Of the `-device` that only macOS asks for.
    private(set) var appleSMC: Int?

    mutating func read(device value: String, _ position: Int) {
        if value.split(separator: ",").first == "isa-applesmc" { appleSMC = position }
    }

    mutating func read(processor value: String, _ position: Int) {
        let options = OptionString(value).pairs.map { (key: $0.key.drop { $0 == "+" }, value: $0.value) }
        // A vendor's name is given so that a driver does not see KVM, whatever the OS.
        let isEnlightened = options.contains { key, value in
            (key.hasPrefix("hv_") || key.hasPrefix("hv-")) && !key.hasSuffix("vendor_id") && !key.hasSuffix("vendor-id")
                && !["off", "no", "false", "0"].contains(value)
        }
        if isEnlightened { hyperV = position }
    }

    /// What is to be said of it, and of which word.
    func notes(takenFor guest: GuestOS) -> [(text: String, position: Int)] {
        [
            appleSMC.map { (GuestOS.macOS(sign: "isa-applesmc", takenFor: guest), $0) },
            hyperV.map { ("enlightenments of Hyper-V: the guest is taken for \(guest); --guest names another", $0) },
        ].compactMap { $0 }
    }

    var windows: GuestOS? { hyperV.map { _ in .likelyWindows(hasTPM: hasTPM) } }
}
