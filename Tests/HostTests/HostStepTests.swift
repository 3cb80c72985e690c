import BerthDiagnostics
import BerthHost
import BerthPCI
import TestSupport
import Testing

/// What has to happen on a host before a guest can have the IGD.
struct HostStepTests {
    private static func steps(_ change: (inout MadeUpTree) -> Void) throws -> [String] {
        var tree = MadeUpTree.desktop(0x5912)
        change(&tree)
        return try tree.read().steps.map { "\($0.topic.rawValue) \($0.state.rawValue)" }
    }

    @Test func `a host with i915 on its IGD`() throws {
        #expect(try Self.steps { _ in } == ["iommu done", "driver needed", "group done"])
        let steps = try MadeUpTree.desktop(0x5912).read().steps
        #expect(
            steps[1].statement.description == "i915 has the IGD: vfio-pci has to, and the host's screens on it go dark")
        #expect(
            steps[1].remedy
                == "vfio-pci.ids=8086:5912 and a softdep 'i915 pre: vfio-pci'; libvirt does it by itself (managed='yes')"
        )
    }

    @Test func `a host that is ready`() throws {
        #expect(
            try Self.steps { $0.driver("vfio-pci", of: "0000:00:02.0") } == ["iommu done", "driver done", "group done"])
    }

    @Test func `the IOMMU is off, or leaves graphics out`() throws {
        func step(_ line: String) throws -> HostStep? {
            var tree = MadeUpTree.desktop(0x5912)
            tree.files.links = tree.files.links.filter { !$0.key.contains("iommu") }
            tree.files.files = tree.files.files.filter { !$0.key.contains("iommu") }
            tree.put("proc/cmdline", line)
            return try tree.read().steps.first
        }
        #expect(try step("quiet")?.statement.description == "the kernel does not use the IOMMU")
        #expect(
            try step("intel_iommu=on")?.statement.description
                == "the kernel was asked for the IOMMU and has none: VT-d is off in the host's firmware")
        #expect(
            try step("intel_iommu=on,igfx_off")?.statement.description == "the IOMMU leaves graphics out (igfx_off)")
    }

    @Test func `the physical function is never taken from under its virtual ones`() throws {
        let change = { (tree: inout MadeUpTree) in
            tree.put("sys/bus/pci/devices/0000:00:02.0/sriov_numvfs", "2\n")
            tree.put("sys/bus/pci/devices/0000:00:02.0/sriov_totalvfs", "7\n")
            tree.function("0000:00:02.1", device: 0x5912, class: 0x03_0000)
            tree.files.links["sys/bus/pci/devices/0000:00:02.1/physfn"] = "../0000:00:02.0"
        }
        // Nothing is said of binding it.
        #expect(try Self.steps(change) == ["iommu done", "virtual-functions blocked"])
        var tree = MadeUpTree.desktop(0x5912)
        change(&tree)
        #expect(try tree.read().steps[1].remedy == "give the guest one of them: 0000:00:02.1")
        #expect(
            try Self.steps {
                $0.put("sys/bus/pci/devices/0000:00:02.0/sriov_numvfs", "0\n")
                $0.put("sys/bus/pci/devices/0000:00:02.0/sriov_totalvfs", "7\n")
            } == ["iommu done", "virtual-functions note", "driver needed", "group done"])
    }

    @Test func `mediated devices are in use`() throws {
        #expect(
            try Self.steps {
                $0.files.folders.insert("sys/bus/pci/devices/0000:00:02.0/01234567-89ab-cdef-0123-456789abcdef")
            } == ["iommu done", "mediated-devices blocked"])
    }

    @Test func `who has a framebuffer on it`() throws {
        #expect(
            try Self.steps { $0.put("proc/fb", "0 EFI VGA\n") }
                == ["iommu done", "framebuffer needed", "driver needed", "group done"])
        // The firmware's framebuffer is on another display.
        #expect(
            try Self.steps {
                $0.put("proc/fb", "0 EFI VGA\n")
                $0.put("sys/bus/pci/devices/0000:00:02.0/boot_vga", "0\n")
            } == ["iommu done", "driver needed", "group done", "display note"])
    }

    @Test func `others in its group, and a module that is missing`() throws {
        #expect(
            try Self.steps {
                $0.function("0000:00:1f.3", device: 0xa2f0, class: 0x04_0300)
                $0.driver("snd_hda_intel", of: "0000:00:1f.3")
                $0.function("0000:00:01.0", device: 0x1901, class: 0x06_0400)
                $0.group(0, of: ["0000:00:02.0", "0000:00:1f.3", "0000:00:01.0"])
                $0.files.folders.remove("sys/module/vfio_pci")
            } == ["iommu done", "driver needed", "module needed", "group needed"])
    }
}
