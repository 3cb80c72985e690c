import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// Devices of which a guest has one, or which only some machines have.
enum SingleDevices: RuleTable {
    static let all = [
        balloon, balloonModel, balloonPeriod, vsock, vsockNumber, nvram, redirection, redirectionFilter,
        redirectionVersion, rng, store,
    ]

    private static let parsing = ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDefParseXML"]

    private static let balloon = RuleRow.domain(
        "balloon-once", "there is one memory balloon", remedy: "remove one <memballoon>", sources: parsing,
        "QEMU has one."
    ) { domain, report in
        guard domain.devices("memballoon").count > 1 else { return }
        report.refuse("only a single memory balloon device is supported", at: domain.devices("memballoon")[1])
    }

    private static let balloonModel = RuleRow.devices(
        "memballoon", "balloon-model", "a memory balloon is one QEMU has", remedy: "write model='virtio'",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefMemballoon"], "xen is Xen's."
    ) { device, domain, report in
        guard domain.isX86, device["model"] == "xen" else { return }
        report.refuse("Memory balloon device type 'xen' is not supported by this version of qemu", at: device)
    }

    private static let balloonPeriod = RuleRow.devices(
        "memballoon", "balloon-period", "the period of a balloon's statistics is a number",
        remedy: "write <stats period='10'/>",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainMemballoonDefParseXML"], "In seconds; 0 for never."
    ) { device, domain, report in
        guard domain.isX86, let period = device.first("stats")?["period"],
            LibvirtNumber.signed(period, base: 0) == nil
        else { return }
        report.refuse(
            "Invalid value for attribute 'period' in element 'stats': '\(period)'. Expected integer value", at: device)
    }

    private static let vsock = RuleRow.single(
        "vsock", "vsock-once", "there is one vsock", remedy: "remove one <vsock>", sources: parsing,
        "A guest has one number by which the host calls it.",
        refusing: "only a single vsock device is supported")

    private static let vsockNumber = RuleRow.devices(
        "vsock", "vsock-cid", "the number of a guest is 3 or more", remedy: "write <cid auto='yes'/>",
        sources: ["libvirt 9.0.0 src/conf/domain_validate.c virDomainVsockDefValidate"],
        "0 to 2 are those of hypervisor, loopback and host."
    ) { device, domain, report in
        let cid = device.first("cid")?["address"].flatMap { LibvirtNumber.unsigned($0, base: 10) }
        guard domain.isX86, (1...2).contains(cid ?? 0) else { return }
        report.refuse("guest CIDs must be >= 3", at: device)
    }

    private static let nvram = RuleRow.domain(
        "nvram-machine", "a PC has no NVRAM device", remedy: "remove <nvram> from <devices>",
        sources: parsing + ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefNVRAM"],
        "pSeries has one. The file with the variables of UEFI is <nvram> of <os>."
    ) { domain, report in
        guard domain.isX86 else { return }
        for (position, device) in domain.devices("nvram").enumerated() {
            report.refuse(
                position == 0
                    ? "nvram device is only supported for PPC64" : "only a single nvram device is supported",
                at: device)
        }
    }

    private static let redirection = RuleRow.devices(
        "redirdev", "redirection-address", "a redirected device is on USB", remedy: "remove <address>",
        sources: ["libvirt 9.0.0 src/qemu/qemu_domain_address.c qemuDomainAssignUSBAddresses"],
        "SPICE passes on USB devices of whoever looks at the guest."
    ) { device, domain, report in
        guard domain.isX86, let type = device.first("address")?["type"], type != "usb" else { return }
        report.refuse("Invalid address for a USB device", at: device)
    }

    private static let redirectionFilter = RuleRow.single(
        "redirfilter", "redirection-filter", "there is one filter for redirected devices",
        remedy: "remove one <redirfilter>",
        sources: parsing, "Its rules are in the order in which they are written.",
        refusing: "only one set of redirection filter rule is supported")

    private static let redirectionVersion = RuleRow.devices(
        "redirfilter", "redirection-version", "the version of a USB device is two decimal numbers below 100",
        remedy: "write version='2.00'",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainRedirFilterUSBVersionHelper"],
        "version='-1' and none at all stand for any."
    ) { filter, _, report in
        for device in filter.elements("usbdev") {
            guard let version = device["version"], version != "-1" else { continue }
            let parts = version.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
                .map { LibvirtNumber.unsigned(String($0), base: 10) }
            guard parts.count != 2 || !parts.allSatisfy({ $0.map { $0 < 100 } ?? false }) else { continue }
            report.refuse("Cannot parse USB device version \(version)", at: device, "version")
        }
    }

    private static let rng = RuleRow.devices(
        "rng", "rng-backend", "a random number generator has one source", remedy: "remove one <backend>",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainRNGDefParseXML"], "A file, a daemon, or QEMU's own."
    ) { device, domain, report in
        guard domain.isX86, device.elements("backend").count > 1 else { return }
        report.refuse("only one RNG backend is supported", at: device)
    }

    private static let store = RuleRow.domain(
        "pstore-once", "there is one persistent store", releases: .since(10, 6), remedy: "remove one <pstore>",
        sources: ["libvirt 11.3.0 src/conf/domain_conf.c virDomainDefParseXML"], "It is one table of ACPI."
    ) { domain, report in
        for device in domain.devices("pstore").dropFirst() {
            report.refuse("only a single pstore device is supported", at: device)
        }
    }
}
