import BerthDiagnostics
import BerthLibvirtDomain
import BerthTopology
import BerthXML

struct DevicePropertyExists: DomainCheck {
    let rule = DomainRule(
        "commandline-property", "a device in <qemu:commandline> sets properties that it has",
        sources: ["QEMU 7.2 qom/object.c object_property_find_err; -device MODEL,help of 7.2, 10.0 and 11.1"],
        """
        QEMU does not start where -device names a property that the model does not have: Property 'vfio-pci.x-igd-lpc' not found.
        Checked for every model that QEMU 7.2, 10.0 and 11.1 list, on PCI, ISA, USB, another bus or none.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.commandLineDevices.flatMap { device -> [Finding] in
            guard let driver = device["driver"] else { return [] }
            return device.names.compactMap { name in
                guard RecordedProperties.has(name, model: driver, domain.qemu) == false else { return nil }
                let near = NearestName.of(name, among: RecordedProperties.names(of: driver, domain.qemu))
                return finding(
                    "QEMU \(domain.qemu) refuses: Property '\(driver).\(name)' not found", at: device.element, "value",
                    in: domain, fix: near.map { "write \($0)=" } ?? "remove \(name)=")
            }
        }
    }
}
