import BerthDiagnostics

/// Firmware, processor, memory.
extension VMArguments {
    /// Source: `get_ovmf_files` in PVE/QemuServer/OVMF.pm @ qemu-server 9.2.6.
    mutating func firmware() {
        guard vm["bios"] == "ovmf" else { return }
        let disk = vm.properties("efidisk0", defaultKey: "file")
        let isLarge = disk?["efitype"] == "4m"
        let image = isLarge ? (machine.isQ35 ? "OVMF_CODE_4M.secboot.fd" : "OVMF_CODE_4M.fd") : "OVMF_CODE.fd"
        option("drive", "if=pflash,unit=0,format=raw,readonly=on,file=/usr/share/pve-edk2-firmware//\(image)", "bios")
    }

    /// Source: `get_cpu_options` and `$builtin_models_by_arch` in PVE/QemuServer/CPUConfig.pm @ qemu-server 9.2.6; the `x86-64-v`
    /// models since 8.0.
    mutating func processor() {
        let given = vm.properties("cpu", defaultKey: "cputype")
        var type = given?["cputype"] ?? (vm.isOn("kvm") == false ? "qemu64" : "kvm64")
        if type.hasPrefix("x86-64-v") { type = "qemu64" }
        if type.hasPrefix("custom-") {
            say(
                .warning,
                "the CPU model '\(type)' stands in /etc/pve/virtual-guest/cpu-models.conf and is not known; kvm64 is taken, "
                    + "with QEMU's 40 address bits unless phys-bits is given", "proxmox-cpu", "cpu")
            type = "kvm64"
        }
        var text = type
        if let vendor = Self.vendor(of: type) { text += ",vendor=\(vendor)" }
        for flag in (given?["flags"] ?? "").split(separator: ";") where flag.hasPrefix("+") || flag.hasPrefix("-") {
            text += ",\(flag)"
        }
        if let bits = given?["guest-phys-bits"] { text += ",guest-phys-bits=\(bits)" }
        if let bits = given?["phys-bits"] { text += bits == "host" ? ",host-phys-bits=true" : ",phys-bits=\(bits)" }
        option("cpu", text, "cpu")
    }

    /// Of models that are one maker's; `kvm64` and `qemu64` have none of their own, `host` the host's.
    ///
    /// Source: `$cpu_vendor_list` of qemu-server 8, cpu-models-x86_64.json of pve-qemu 11.
    private static func vendor(of model: String) -> String? {
        func isOne(of names: [String]) -> Bool { names.contains { model.hasPrefix($0) } }
        if isOne(of: [
            "486", "pentium", "coreduo", "core2duo", "n270", "Conroe", "Penryn", "Nehalem", "Westmere", "SandyBridge",
            "IvyBridge",
            "Haswell", "Broadwell", "Skylake", "Cascadelake", "Cooperlake", "Icelake", "Snowridge", "SapphireRapids",
            "GraniteRapids", "SierraForest", "ClearwaterForest", "DiamondRapids", "Denverton", "KnightsMill",
        ]) {
            return "GenuineIntel"
        }
        return isOne(of: ["athlon", "phenom", "Opteron", "EPYC"]) ? "AuthenticAMD" : nil
    }

    /// With hot plug of memory 1 GiB is there from the start, and the rest comes as modules, which firmware does not see.
    ///
    /// Source: `config` in PVE/QemuServer/Memory.pm, `parse_hotplug_features` in PVE/QemuServer.pm @ qemu-server 9.2.6.
    mutating func memory() {
        let size = vm.properties("memory", defaultKey: "current")?["current"] ?? "512"
        let features = (vm["hotplug"] ?? "1").split { $0 == "," || $0 == ";" || $0.isWhitespace }
        guard features.contains("memory") else { return option("m", size, "memory") }
        var first = 1024
        if vm["hugepages"] == "1024" { first *= max(1, vm["sockets"].flatMap { Int($0) } ?? 1) }
        option("m", "size=\(first)M,slots=255,maxmem=\(largestMemory)M", "memory")
        say(
            .note, "memory is hot-plugged: \(first) MiB are there from the start, the rest of \(size) MiB behind them",
            "proxmox-memory", "hotplug")
    }

    /// Half of what the processor reaches, 4 TiB at most; in MiB. A host with an IGD is taken to have 39 address bits.
    ///
    /// Source: `get_max_mem` in PVE/QemuServer/Memory.pm @ qemu-server 9.2.6.
    private var largestMemory: Int {
        let given = vm.properties("cpu", defaultKey: "cputype")
        let host = 39
        let isHost = given?["phys-bits"] == "host" || ["host", "max"].contains(given?["cputype"])
        let bits = given?["phys-bits"].flatMap { Int($0) } ?? (isHost ? host : min(host, 40))
        let even = min(max(bits, 32), 60) & ~1
        return min(1 << (even - 21), 4 << 20)
    }
}
