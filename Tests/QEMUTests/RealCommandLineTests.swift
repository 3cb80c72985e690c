import BerthDiagnostics
import BerthPCI
import BerthQEMU
import BerthRehearsal
import BerthStack
import BerthTopology
import Foundation
import TestSupport
import Testing

/// The reader of command lines against real QEMU: the same words, the same functions.
@Suite(.serialized) struct RealCommandLineTests {
    @Test(arguments: [
        "",
        "-M q35",
        "-M pc,usb=on -nodefaults",
        "-M q35,usb=on -nodefaults",
        "-M q35,sata=off,smbus=off -nodefaults",
        "-M pc-i440fx-7.2 -vga none",
        "-M pc-q35-7.2 -vga virtio -nic none",
        "-M q35 -vga qxl -nic user,model=virtio-net-pci -nic user,model=e1000",
        "-vga cirrus -net none",
        "-vga vmware -net nic,model=rtl8139",
        "-usb -device usb-tablet -device secondary-vga",
        "-device VGA,id=v",
        "-device qxl-vga -device e1000 -device virtio-rng-pci,addr=1d.0 -device edu",
        "-M q35 -nodefaults -device pcie-root-port,id=rp,addr=1c.0,multifunction=on -device pcie-root-port,id=rq,addr=1c.1,chassis=2 "
            + "-device virtio-net-pci,bus=rp -device nvme,bus=rq,serial=a",
        "-M q35 -nodefaults -device {\"driver\":\"virtio-scsi-pci\",\"id\":\"a\"} -device e1000e,id=b -device "
            + "{\"driver\":\"pcie-root-port\",\"id\":\"p\",\"chassis\":3,\"addr\":\"0x1e.0x0\"}",
        "-nodefaults -device pci-bridge,id=br,chassis_nr=1 -device pci-bridge,id=br2,chassis_nr=2,bus=br,addr=5,shpc=off "
            + "-device lsi53c895a,bus=br2,addr=3 -device AC97,bus=br,addr=7",
        "-nodefaults -device pxb,id=px,bus_nr=32 -device rocker,bus=px,addr=1",
        "-M q35 -nodefaults -device pxb-pcie,id=px,bus_nr=40 -device pcie-root-port,id=r,bus=px,chassis=9 -device virtio-blk-pci,bus=r,drive=d "
            + "-drive if=none,id=d,file=null-co://,format=raw",
        "-nodefaults -drive if=virtio,file=null-co://,format=raw -drive if=virtio,file=null-co://,format=raw",
        "-nodefaults -global VGA.vgamem_mb=64 -device VGA -global driver=virtio-rng-pci,property=vectors,value=0 -device virtio-rng-pci",
        "-nodefaults -object memory-backend-ram,id=m,size=32M,share=on -device ivshmem-plain,memdev=m -device pci-testdev,membar=1G",
        "-nodefaults -device e1000,romfile= -device rtl8139,rombar=0 -device VGA,romfile=/usr/share/seabios/vgabios-stdvga.bin",
        // What QEMU adds by itself, and what takes it away.
        "-vga none -netdev user,id=n",
        "-M q35 -vga none -netdev user,id=n -device e1000,netdev=n",
        "-netdev user,id=n -device virtio-net-pci,netdev=n",
        "-M q35 -netdev hubport,id=h,hubid=1",
        "-net user -net nic",
        "-M q35 -net nic,model=virtio -net user",
        "-vga none -net user",
        "-net nic,addr=09 -net user -vga none",
        "-nic user,model=virtio -nic user",
        "-nic none -device e1000",
        "-M q35 -nic none -vga none",
        "-nodefaults -nic user",
        "-M q35 -nodefaults -vga std",
        "-vga virtio -device secondary-vga",
        "-global VGA.vgamem_mb=32",
        "-M q35 -global e1000e.init-vet=off",
        "-device cirrus-vga -nic none",
        "-M q35 -device bochs-display",
        "-device isa-vga -nic none",
        "-device virtio-vga,id=v -device e1000",
        "-M q35 -device {\"driver\":\"VGA\",\"id\":\"v\"}",
        "-display none -monitor none",
        "-display none -M q35",
        "-usbdevice tablet -nic none",
        "-M q35 -usbdevice mouse -vga none",
        "-M pc,usb=on -vga none",
        "-nodefaults -audio driver=none,model=hda",
        "-M q35 -audio driver=none,model=ac97 -nic none",
        "-audio driver=none,model=es1370",
        "-nodefaults -audio driver=none,model=adlib",
        "-nodefaults -drive if=virtio,file=null-co://,format=raw -device e1000",
        "-nodefaults -device {\"driver\":\"edu\"} -drive if=virtio,file=null-co://,format=raw -device e1000",
        "-hda null-co:// -cdrom null-co:// -boot d",
        "-M q35 -nodefaults -usb -device usb-kbd -device usb-mouse",
        "-nodefaults -device isa-debug-exit,iobase=0xf4,iosize=0x04 -device vmgenid -device pvpanic",
        "-m size=2G,slots=2,maxmem=8G -smp 2 -rtc base=utc -boot menu=on -name guest=a -uuid 11111111-2222-3333-4444-555555555555",
    ])
    func `QEMU has the functions that the reader finds`(line: String) async throws {
        let words = line.split(separator: " ").map(String.init)
        let program = try LiveProgram()
        let real = { (topology: GuestTopology) in
            try await QEMUProcess.functionsBeforeFirmware(topology, words: words, program: program.name)
        }
        let topology: GuestTopology
        do {
            let findings: [Finding]
            (topology, findings) = try CommandLineReader.read(
                words, stack: StackChoice(named: program.stack), fileSize: program.size)
            #expect(findings == [])
            _ = try topology.resolved()
        } catch {
            // What a later QEMU refuses.
            #expect(program.isOther, "\(error)")
            let none = GuestTopology(
                name: "refused", machine: Machine(.pc), ram: GuestRAM(.gib(1)), firmware: FirmwareChoice(.seabios))
            await #expect(throws: QEMUProcess.Failure.self) { _ = try await real(none) }
            return
        }
        let tree = try topology.resolved()
        // Names that nobody gave are the model's own; what matters is what is where.
        let describe = { (device: UInt16, devfn: UInt8, bars: [BAR]) in "\(devfn >> 3).\(devfn & 7) \(device) \(bars)" }
        let predicted = tree.functions.map { describe($0.device, $0.devfn, $0.bars) }.sorted()
        let functions = try await real(topology)
        #expect(functions.map { describe($0.device, UInt8($0.slot << 3 | $0.function), $0.bars) }.sorted() == predicted)
    }
}

/// This machine's QEMU, which is Debian 12's; with `BERTH_LIVE_STACK` that of another stack under `BERTH_LIVE_ROOT`: `make live`.
private struct LiveProgram {
    struct Unknown: Error { let name: String }

    var name = "qemu-system-x86_64"
    var stack = Stack.standard
    private var root = ""
    var isOther: Bool { !root.isEmpty }

    init() throws {
        let environment = ProcessInfo.processInfo.environment
        guard let named = environment["BERTH_LIVE_STACK"], !named.isEmpty else { return }
        guard let stack = Stack.named(named), let root = environment["BERTH_LIVE_ROOT"] else {
            throw Unknown(name: named)
        }
        (name, self.stack, self.root) = ("qemu-in-root", stack, root)
    }

    /// Bytes of the one file that a line names.
    func size(_ path: String) -> UInt64? {
        guard path == "/usr/share/seabios/vgabios-stdvga.bin" else { return nil }
        return (try? FileManager.default.attributesOfItem(atPath: root + path)[.size] as? NSNumber)?.uint64Value
    }
}
