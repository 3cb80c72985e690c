import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

struct FirmwareIsInstalled: DomainCheck {
    let rule = DomainRule(
        "firmware-installed", "firmware of the wanted kind is installed",
        sources: ["libvirt 9.0.0 src/qemu/qemu_firmware.c qemuFirmwareFillDomain"],
        """
        With <os firmware=> libvirt takes the first installed descriptor (/usr/share/qemu/firmware) of that kind. Debian
        12 has descriptors for UEFI and none for BIOS. Depends on this machine: --any-host leaves it out.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard let os = domain.root.first("os"), let kind = os["firmware"], let known = domain.host.firmwareInterfaces,
            ["bios", "efi"].contains(kind), !known.contains(kind == "efi" ? "uefi" : kind)
        else { return [] }
        return [
            finding(
                domain.isRead(by: .until(11, 3))
                    ? "Unable to find any firmware to satisfy '\(kind)'"
                    : "Unable to find '\(kind)' firmware that is compatible with the current configuration", at: os,
                "firmware", in: domain,
                fix: kind == "bios"
                    ? "remove firmware=, SeaBIOS is the default" : "install a UEFI firmware such as ovmf")
        ]
    }
}
