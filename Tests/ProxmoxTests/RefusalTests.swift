import BerthDiagnostics
import BerthProxmox
import BerthStack
import Testing

/// What qemu-server dies of, each with a file that makes it.
@Suite struct RefusalTests {
    private static let cases: [(id: RuleID, text: String, message: String)] = [
        ("proxmox-arch", "arch: aarch64\n", "an aarch64 VM has no i440fx and no q35, and no IGD can be given to it"),
        (
            "proxmox-machine", "machine: pc-q35-99.0\n",
            "machine type 'pc-q35-99.0' is not one that qemu-server or a known QEMU has; expected pc, q35, pc-i440fx-VERSION or pc-q35-VERSION"
        ),
        (
            "proxmox-revision", "machine: pc-q35-9.0+pve77\n",
            "Installed qemu-server (max feature level for 9.0 is pve0) is too old to run machine type 'pc-q35-9.0+pve77'"
        ),
        (
            "proxmox-pcie", "hostpci0: 00:02.0,pcie=1\n",
            "q35 machine model is not enabled: 'hostpci0' has pcie=1, which takes 'machine: q35'"
        ),
        ("proxmox-hostpci", "hostpci0: rombar=0\n", "Either 'host' or 'mapping' must be set."),
        (
            "proxmox-legacy-once", "hostpci0: 00:02.0,legacy-igd=1\nhostpci1: mapping=x,legacy-igd=1\nvga: none\n",
            "only one device can be assigned in legacy-igd mode"
        ),
        (
            "proxmox-legacy-vga", "hostpci0: 00:02.0,legacy-igd=1\n",
            "legacy IGD assignment requires VGA mode to be 'none'; add 'vga: none'"
        ),
        (
            "proxmox-legacy-rombar", "hostpci0: 00:02.0,legacy-igd=1,rombar=0\nvga: none\n",
            "legacy IGD assignment requires rombar to be enabled"
        ),
        (
            "proxmox-legacy-xvga", "hostpci0: 00:02.0,legacy-igd=1,x-vga=1\nvga: none\n",
            "legacy IGD assignment is not compatible with x-vga"
        ),
        (
            "proxmox-legacy-mdev", "hostpci0: 00:02.0,legacy-igd=1,mdev=i915-GVTg_V5_4\nvga: none\n",
            "legacy IGD assignment is not compatible with mdev"
        ),
        (
            "proxmox-legacy-q35", "hostpci0: 00:02.0,legacy-igd=1\nmachine: q35\nvga: none\n",
            "legacy IGD assignment is not compatible with q35"
        ),
        (
            "proxmox-legacy-multifunction", "hostpci0: 00:02.0;00:1f.3,legacy-igd=1\nvga: none\n",
            "legacy IGD assignment is not compatible with multifunction devices"
        ),
        (
            "proxmox-legacy-host", "hostpci0: 01:00.0,legacy-igd=1\nvga: none\n",
            "legacy IGD assignment only works for devices on host bus 00:02.0"
        ),
        ("proxmox-viommu", "machine: pc,viommu=intel\n", "to use Intel vIOMMU please set the machine type to q35"),
        ("proxmox-memory-hotplug", "hotplug: disk,memory\n", "NUMA needs to be enabled for memory hotplug"),
        ("proxmox-hugepages", "hugepages: 2\n", "numa needs to be enabled to use hugepages"),
        (
            "proxmox-usb-number", "machine: pc-i440fx-7.0\nusb5: spice\n",
            "using usb5 is only possible with machine type >= 7.1 and ostype l26 or windows > 7"
        ),
    ]

    @Test func `every refusal has a file, and no other`() {
        #expect(Self.cases.map(\.id) == VMRefusals.all.map(\.id))
    }

    @Test(arguments: cases.indices)
    func `a file is refused in qemu-server's words`(number: Int) throws {
        let (id, text, message) = Self.cases[number]
        let found = VMRefusals.find(in: VMConfiguration(try Files.document(text)), under: QEMURelease(11, 0))
        #expect(found.map { "\($0.message) [\($0.rule)]" } == ["\(message) [\(id)]"])
        let error = #expect(throws: InputError.self) { try Files.words(text) }
        #expect(error?.findings == found)
    }

    @Test func `where it is found stands with it`() throws {
        let error = #expect(throws: InputError.self) { try Files.words("memory: 512\nhostpci0: 00:02,pcie=1\n") }
        #expect(error?.findings.map { $0.location?.description } == ["100.conf:2:11"])
    }
}
