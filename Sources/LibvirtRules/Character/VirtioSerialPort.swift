import BerthDiagnostics

/// A port of a virtio-serial controller exists, and one device has it.
struct VirtioSerialPort: ReportedRule {
    let id: RuleID = "virtio-serial-port"
    let summary = "a port of a virtio-serial controller exists and is free"
    let documentation = """
        A channel or console that names a port names a controller that is there, a port below the number in ports= (31
        unless it says otherwise), and one that nobody else has. Port 0 is kept for a console.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_addr.c virDomainVirtioSerialAddrReserve"]
    let remedy: String? = "leave the address out: libvirt finds a free port"
}
