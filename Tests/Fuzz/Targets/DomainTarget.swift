import BerthDiagnostics
import BerthHost
import BerthLibvirtEditing
import BerthLibvirtRules
import BerthReport
import BerthServices
import BerthStack
import BerthTopology
import BerthXML
import Foundation
import TestSupport

extension FuzzTarget {
    /// A libvirt domain: read, simulated, planned, applied, converted, validated; which of them its bytes decide.
    static let domain = FuzzTarget(
        "domain", seeds: { try DomainWords.seeds() }, words: DomainWords.all, limit: 1 << 15
    ) { bytes, sample in
        switch sample.pick(8) {
        case 0: try DomainWork.apply(bytes, host: nil)
        case 1: try DomainWork.apply(bytes, host: HostWords.inventory)
        case 2: _ = try MachineConversion.convert(bytes, file: "guest.xml", to: .pc)
        case 3: _ = try MachineConversion.convert(bytes, file: "guest.xml", to: .q35)
        case 4: try DomainWork.validate(bytes, DomainWork.byTheSchema)
        case 5: try DomainWork.validate(bytes, DomainWork.byTheRules)
        default:
            let document = try XMLDocument(bytes: bytes, file: "guest.xml")
            let topology = try Services.guest(of: document, file: "guest.xml").topology
            try GuestWork.simulate(topology, sample)
            if sample.isOne(in: 16) { try GuestWork.deliver(topology, sample) }
        }
    }
}

private enum DomainWork {
    static func apply(_ bytes: [UInt8], host: HostInventory?) throws {
        let application = try Services.apply(bytes, file: "guest.xml", host: host) { topology throws(InputError) in
            if host != nil { topology.qemu = QEMURelease(10, 1) }
        }
        _ = UnifiedDiff.render(application.before, application.after, file: "guest.xml")
    }

    static func validate(_ bytes: [UInt8], _ validator: DomainValidator) throws {
        let result = ValidationResult(
            schema: nil, files: [.init("guest.xml", validator.validate(bytes, file: "guest.xml"))])
        _ = FindingsText.render(result)
        _ = try JSONText.encode(FindingsDocument(result))
        _ = JUnitText.render(result)
        _ = try JSONText.encode(SARIFLog(result, version: "0", catalogue: []))
    }

    static let byTheRules = DomainValidator()

    /// A host that can say no to everything that depends on one.
    static let byTheSchema: DomainValidator = {
        let schema = try? RelaxNGSchema(path: "/usr/share/libvirt/schemas/domain.rng")
        return DomainValidator(
            schema: schema,
            host: LibvirtHost(
                qemu: QEMURelease(7, 2), hasHugePages: false, firmwareInterfaces: ["uefi"], scsiDevices: ["host0"],
                numaNodes: [0]))
    }()
}

/// Documents and pieces of domain XML.
enum DomainWords {
    /// The goldens, what was recorded of libvirt, and drawn documents, half of them with an IGD.
    static func seeds() throws -> [[UInt8]] {
        struct Probes: Decodable {
            var cases: [Case]
            struct Case: Decodable { var xml: String }
        }
        let folder = "Tests/LibvirtTests/Golden"
        let golden = try PackageRoot.files(below: folder, suffix: ".xml").map {
            try String(contentsOf: PackageRoot.url.appendingPathComponent("\(folder)/\($0)"), encoding: .utf8)
        }
        let file = Recorded.folder("libvirt").appendingPathComponent("probes-9.0.json")
        let probes = try JSONDecoder().decode(Probes.self, from: Data(contentsOf: file)).cases.map(\.xml)
        let drawn = (0..<40).map { RandomDomain(seed: UInt64($0)).xml }
        let all = golden + probes + drawn
        return
            (all + all.filter { !$0.contains("<hostdev") }.map { $0.replacing("</devices>", with: "\(igd)</devices>") })
            .map { Array($0.utf8) }
    }

    private static let igd = """
        <hostdev mode='subsystem' type='pci' managed='yes'><driver name='vfio'/>
        <source><address domain='0x0000' bus='0x00' slot='0x02' function='0x0'/></source>
        <address type='pci' domain='0x0000' bus='0x00' slot='0x02' function='0x0'/></hostdev>

        """

    static let all: [String] =
        [
            "slot", "bus", "function", "domain", "index", "model", "type", "name", "value", "unit", "KiB", "GiB",
            "bytes", "alias",
            "chassis", "port", "busNr", "multifunction='on'", "type='pci'", "type='drive'", "type='usb'",
            "machine='q35'",
            "machine='pc-i440fx-7.2'", "<!-- -->", "<![CDATA[x]]>", "&amp;", "&#65;", "&#x110000;", "&lt;", "<?pi?>",
            "]]>", "<!DOCTYPE d>",
            "xmlns='urn:x'", "xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'", igd,
            "<controller type='pci' index='3' model='pcie-root-port'/>",
            "<controller type='pci' index='4' model='pci-bridge'/>",
            "<controller type='pci' index='5' model='pcie-expander-bus'><target busNr='254'><node>0</node></target></controller>",
            "<controller type='pci' model='pcie-root'><pcihole64 unit='PiB'>16384</pcihole64></controller>",
            "<controller type='scsi' model='virtio-scsi'/>", "<controller type='usb' model='qemu-xhci' ports='15'/>",
            "<shmem name='s'><model type='ivshmem-plain'/><size unit='M'>64</size></shmem>",
            "<memory model='dimm'><target><size unit='KiB'>524288</size><node>0</node></target></memory>",
            "<maxMemory slots='16' unit='KiB'>16777216</maxMemory>", "<vcpu>4294967295</vcpu>", "<rom bar='off'/>",
            "<video><model type='qxl' ram='65536' vram='65536' vgamem='16384' heads='1'/></video>",
            "<watchdog model='itco'/>",
            "<cpu mode='host-passthrough'><maxphysaddr mode='emulate' bits='39'/></cpu>",
            "<features><acpi/></features>",
            "<hostdev mode='subsystem' type='mdev' model='vfio-pci'><source><address uuid='c2177883-f1bb-47f0-914d-32a22e3a8804'/></source></hostdev>",
            "<qemu:commandline><qemu:arg value='-device'/><qemu:arg value='ivshmem-plain,memdev=m'/></qemu:commandline>",
            "<qemu:override><qemu:device alias='hostdev0'><qemu:frontend><qemu:property name='x-igd-gms' type='unsigned' value='2'/></qemu:frontend></qemu:device></qemu:override>",
        ]
}
