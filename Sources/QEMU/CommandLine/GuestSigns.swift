import BerthTopology

/// What a command line gives away of the guest's OS, which it does not name.
struct GuestSigns {
    /// Of the `-cpu` that has enlightenments of Hyper-V (docs/system/i386/hyperv.rst @ QEMU), which nobody gives to another OS.
    private(set) var hyperV: Int?
    var hasTPM = false

    mutating func read(processor value: String, _ position: Int) {
        let options = OptionString(value).pairs.map { (key: $0.key.drop { $0 == "+" }, value: $0.value) }
        // A vendor's name is given so that a driver does not see KVM, whatever the OS.
        let isEnlightened = options.contains { key, value in
            (key.hasPrefix("hv_") || key.hasPrefix("hv-")) && !key.hasSuffix("vendor_id") && !key.hasSuffix("vendor-id")
                && !["off", "no", "false", "0"].contains(value)
        }
        if isEnlightened { hyperV = position }
    }

    var windows: GuestOS? { hyperV.map { _ in .likelyWindows(hasTPM: hasTPM) } }
}
