import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct CommandLineBARSize: DomainCheck {
    let rule = DomainRule(
        "commandline-bar-size", "the size of a BAR is a power of two",
        sources: ["QEMU 7.2 hw/pci/pci.c pci_register_bar"],
        """
        PCI sizes BARs by bits. QEMU ends with an assertion in pci_register_bar where membar= of pci-testdev, or the
        memory of an ivshmem-plain, is none.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        var findings: [Finding] = []
        for device in domain.commandLineDevices {
            guard device["driver"] == "pci-testdev", let text = device["membar"], let size = SizeText.bytes(text),
                size.nonzeroBitCount != 1
            else { continue }
            findings.append(
                finding(
                    .warning, "QEMU aborts: membar '\(text)' is not a power of two", at: device.element, "value",
                    in: domain,
                    fix: "write membar=\(SizeText.nextPowerOfTwo(size))"))
        }
        let used = Set(domain.commandLineDevices.filter { $0["driver"] == "ivshmem-plain" }.compactMap { $0["memdev"] })
        for object in domain.commandLineOptions where object.name == "object" {
            let object = CommandLineDevice(text: object.text, element: object.element)
            guard let id = object["id"], used.contains(id), let text = object["size"], let size = SizeText.bytes(text),
                size.nonzeroBitCount != 1
            else { continue }
            findings.append(
                finding(
                    .warning,
                    "QEMU aborts: the size '\(text)' of '\(id)', a BAR of ivshmem-plain, is not a power of two",
                    at: object.element, "value", in: domain, fix: "write size=\(SizeText.nextPowerOfTwo(size))"))
        }
        return findings
    }
}
