import BerthPCI
import BerthQEMU
import BerthRehearsal
import BerthTopology
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
        "-m size=2G,slots=2,maxmem=8G -smp 2 -rtc base=utc -boot menu=on -name guest=a -uuid 11111111-2222-3333-4444-555555555555",
    ])
    func `QEMU has the functions that the reader finds`(line: String) async throws {
        let words = line.split(separator: " ").map(String.init)
        let (topology, findings) = try CommandLineReader.read(words) { path in
            path == "/usr/share/seabios/vgabios-stdvga.bin" ? 39936 : nil
        }
        #expect(findings == [])
        let tree = try topology.resolved()
        let real = try await QEMUProcess.functionsBeforeFirmware(topology, words: words)
        // Names that nobody gave are the model's own; what matters is what is where.
        let describe = { (device: UInt16, devfn: UInt8, bars: [BAR]) in "\(devfn >> 3).\(devfn & 7) \(device) \(bars)" }
        let predicted = tree.functions.map { describe($0.device, $0.devfn, $0.bars) }.sorted()
        #expect(real.map { describe($0.device, UInt8($0.slot << 3 | $0.function), $0.bars) }.sorted() == predicted)
    }
}
