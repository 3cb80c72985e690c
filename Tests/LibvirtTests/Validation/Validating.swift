import BerthDiagnostics
import BerthLibvirtRules
import BerthStack
import BerthTopology
import BerthXML
import Foundation

/// The installed schema, and documents to validate.
enum Validating {
    static let schemaPath = "/usr/share/libvirt/schemas/domain.rng"
    /// Compiled once for all tests; nil where libvirt0 is not installed.
    static let schema = try? RelaxNGSchema(path: schemaPath)

    /// The machine the recordings were made on, with Debian 12's QEMU and libvirt: no huge pages, no SCSI device, one NUMA node, and no descriptor of a BIOS.
    static let recordedHost = LibvirtHost(
        qemu: Stack.standard.qemu, libvirt: LibvirtRelease(9, 0), hasHugePages: false, firmwareInterfaces: ["uefi"],
        scsiDevices: [], hasNUMADaemon: false, hasEnclaves: false,
        numaNodes: [0])

    static func findings(_ text: String, host: LibvirtHost = recordedHost) -> [Finding] {
        DomainValidator(schema: schema, host: host).validate(Array(text.utf8), file: "f.xml")
    }

    /// A guest with nothing but what is asked for.
    static func domain(machine: String = "q35", devices: String = "", more: String = "", video: String = "none")
        -> String
    {
        """
        <domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
          <name>guest</name>
          <memory unit='MiB'>512</memory>
          <vcpu>1</vcpu>
          <os><type arch='x86_64' machine='\(machine)'>hvm</type></os>
          <features><acpi/></features>
          <devices>
            <controller type='usb' model='none'/>
            <memballoon model='none'/>
            <video><model type='\(video)'/></video>
            \(devices)
          </devices>
          \(more)
        </domain>
        """
    }

    /// A host device at an address of the guest.
    static func hostDevice(
        _ bus: Int = 0, _ slot: Int = 2, _ function: Int = 0, host: String = "bus='0x00' slot='0x02'", more: String = ""
    ) -> String {
        """
        <hostdev mode='subsystem' type='pci'><driver name='vfio'/>
        <source><address domain='0' \(host) function='0'/></source>\(more)
        <address type='pci' bus='\(bus)' slot='\(slot)' function='\(function)'/></hostdev>
        """
    }
}
