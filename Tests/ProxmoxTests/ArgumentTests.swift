import BerthDiagnostics
import BerthProxmox
import BerthStack
import Testing

/// What qemu-server makes of a file.
@Suite struct ArgumentTests {
    private static let bridges = [
        "pci-bridge,id=pci.1,chassis_nr=1,bus=pci.0,addr=0x1e", "pci-bridge,id=pci.2,chassis_nr=2,bus=pci.0,addr=0x1f",
    ]

    @Test func `an empty VM has bridges, USB, display and balloon`() throws {
        #expect(
            try Files.devices("memory: 2048\n") == Self.bridges + [
                "piix3-usb-uhci,id=uhci,bus=pci.0,addr=0x1.0x2", "usb-tablet,id=tablet,bus=uhci.0,port=1",
                "VGA,id=vga,bus=pci.0,addr=0x2",
                "virtio-balloon-pci,id=balloon0,bus=pci.0,addr=0x3,free-page-reporting=on",
            ])
    }

    @Test func `legacy mode clears 00:02.0 and 00:1f.0`() throws {
        let devices = try Files.devices(
            "balloon: 0\nhostpci0: 00:02,legacy-igd=1,romfile=igd.rom\ntablet: 0\nvga: none\nscsihw: virtio-scsi-single\n"
        )
        #expect(
            devices == [
                "pci-bridge,id=pci.1,chassis_nr=1,bus=pci.0,addr=0x1e",
                "pci-bridge,id=pci.2,chassis_nr=2,bus=pci.1,addr=0x1e",
                "pci-bridge,id=pci.3,chassis_nr=3,bus=pci.0,addr=0x5",
                "piix3-usb-uhci,id=uhci,bus=pci.0,addr=0x1.0x2",
                "vfio-pci,host=0000:00:02.0,id=hostpci0,bus=pci.0,addr=0x2,romfile=/usr/share/kvm/igd.rom",
            ])
    }

    @Test func `q35 has its own file, ports for pcie=1, and a port more from the fifth device on`() throws {
        let devices = try Files.devices(
            """
            balloon: 0
            hostpci0: 00:02.0,pcie=1,x-vga=1
            hostpci1: 00:1f.3
            hostpci5: 01:00.0,pcie=1,rombar=0,device-id=0x1234
            machine: q35,viommu=intel
            tablet: 0

            """)
        #expect(
            devices == [
                "intel-iommu,intremap=on,caching-mode=on", "/usr/share/qemu-server/pve-q35-4.0.cfg",
                "vfio-pci,host=0000:00:02.0,id=hostpci0,bus=ich9-pcie-port-1,addr=0x0,x-vga=on",
                "vfio-pci,host=0000:00:1f.3,id=hostpci1,bus=pci.0,addr=0x11",
                "pcie-root-port,id=ich9-pcie-port-6,addr=10.1,x-speed=16,x-width=32,multifunction=on,bus=pcie.0,port=6,"
                    + "chassis=6",
                "vfio-pci,host=0000:01:00.0,id=hostpci5,bus=ich9-pcie-port-6,addr=0x0,rombar=0,x-pci-device-id=0x1234",
            ])
    }

    @Test func `every kind of device has its slot`() throws {
        let devices = try Files.devices(
            """
            agent: 1
            audio0: device=AC97
            ivshmem: size=32
            machine: pc-i440fx-9.2+pve1
            net31: e1000=BC:24:11:00:00:01,bridge=vmbr0
            ostype: win10
            rng0: source=/dev/urandom
            sata5: a:b
            scsi8: a:b
            scsihw: lsi
            tpmstate0: a:b
            usb3: spice
            vga: qxl2
            virtio15: a:b
            watchdog: i6300esb

            """)
        #expect(
            devices.filter { !Self.bridges.contains($0) } == [
                "piix3-usb-uhci,id=uhci,bus=pci.0,addr=0x1.0x2", "qemu-xhci,p2=15,p3=15,id=xhci,bus=pci.1,addr=0x1b",
                "usb-redir,bus=xhci.0,id=usb3", "AC97,id=audiodev0,bus=pci.2,addr=0xc,audiodev=spice-backend0",
                "tpm-tis,tpmdev=tpmdev", "qxl-vga,id=vga,bus=pci.0,addr=0x2",
                "virtio-serial,id=qga0,bus=pci.0,addr=0x8",
                "virtserialport,chardev=qga0,name=org.qemu.guest_agent.0",
                "virtio-rng-pci,rng=rng0,bus=pci.1,addr=0x1d",
                "qxl,id=vga1,ram_size=67108864,vram_size=33554432,bus=pci.0,addr=0x18",
                "virtio-serial,id=spice,bus=pci.0,addr=0x9", "virtserialport,chardev=vdagent,name=com.redhat.spice.0",
                "virtio-balloon-pci,id=balloon0,bus=pci.0,addr=0x3,free-page-reporting=on",
                "i6300esb,bus=pci.0,addr=0x4", "lsi,id=scsihw1,bus=pci.0,addr=0x6", "scsi-hd,bus=scsihw1.0,id=scsi8",
                "virtio-blk-pci,drive=drive-virtio15,id=virtio15,bus=pci.2,addr=0xa",
                "ahci,id=ahci0,multifunction=on,bus=pci.0,addr=0x7", "ide-hd,bus=ahci0.5,id=sata5",
                "e1000,netdev=net31,bus=pci.1,addr=0x1a,id=net31", "ivshmem-plain,memdev=ivshmem,bus=pci.2,addr=0xb",
            ])
    }

    /// A row: release of QEMU, file, what the machine and a card are.
    @Test(arguments: [
        ("11.0", "net0: virtio=A,bridge=b", "type=pc+pve2", ",host_mtu=1500,host_tunnel=off"),
        ("10.0", "net0: virtio=A,bridge=b", "type=pc+pve1", ",host_mtu=1500"),
        ("9.2", "net0: virtio=A,bridge=b", "type=pc+pve1", ""),
        ("9.2", "net0: virtio=A,bridge=b,mtu=9000", "type=pc+pve1", ",host_mtu=9000"),
        ("11.0", "machine: pc-i440fx-10.0\nnet0: virtio=A,bridge=b", "type=pc-i440fx-10.0+pve0", ""),
        ("11.0", "machine: q35\nostype: win11\nnet0: virtio=A,bridge=b", "type=pc-q35-5.1+pve0", "-"),
        (
            "11.0", "machine: q35\nmeta: creation-qemu=9.2.0\nostype: win11\nnet0: virtio=A,bridge=b",
            "type=pc-q35-9.2+pve0", ""
        ),
        ("8.1", "meta: creation-qemu=9.2.0\nostype: win11\nnet0: virtio=A,bridge=b", "type=pc-i440fx-8.1+pve0", ""),
    ])
    func `the machine decides what a card is`(row: (qemu: String, text: String, machine: String, card: String)) throws {
        let words = try Files.words(row.text + "\n", qemu: try #require(QEMURelease(grammar: row.qemu)))
        #expect(words.contains(row.machine), "\(words.suffix(2))")
        let card = try #require(words.first { $0.hasPrefix("virtio-net-pci") })
        let queues = ",rx_queue_size=1024,tx_queue_size=256"
        let slot = card.contains("pci.0") ? ",bus=pci.0,addr=0x12" : ""
        #expect(card == "virtio-net-pci,netdev=net0\(slot),id=net0" + (row.card == "-" ? "" : queues + row.card))
    }

    @Test(arguments: [
        ("cpu: host,flags=+pcid;-md-clear,phys-bits=39", "host,+pcid,-md-clear,phys-bits=39"),
        ("cpu: x86-64-v2-AES", "qemu64"), ("memory: 512", "kvm64"), ("kvm: 0", "qemu64"),
        ("cpu: Skylake-Client,hidden=1", "Skylake-Client,vendor=GenuineIntel"),
        ("cpu: EPYC,phys-bits=host", "EPYC,vendor=AuthenticAMD,host-phys-bits=true"),
        ("cpu: custom-mine", "kvm64"),
    ])
    func `a processor is what QEMU is told`(row: (text: String, cpu: String)) throws {
        let words = try Files.words(row.text + "\n")
        let index = try #require(words.firstIndex(of: "-cpu"))
        #expect(words[index + 1] == row.cpu)
    }

    @Test func `firmware is the image of the release`() throws {
        func image(_ text: String) throws -> String? {
            try Files.words(text).first { $0.contains("pflash") }?.split(separator: "/").last.map(String.init)
        }
        #expect(try image("bios: ovmf\n") == "OVMF_CODE.fd")
        #expect(try image("bios: ovmf\nefidisk0: a:b,efitype=4m\n") == "OVMF_CODE_4M.fd")
        #expect(try image("bios: ovmf\nefidisk0: a:b,efitype=4m\nmachine: q35\n") == "OVMF_CODE_4M.secboot.fd")
        #expect(try image("bios: seabios\n") == nil)
    }

    @Test func `args come last, as Perl parts them`() throws {
        let words = try Files.words(#"args: -a 'b c' -d "e\"f" g\ h"# + "\n")
        #expect(words.suffix(5) == ["-a", "b c", "-d", "e\"f", "g h"])
        #expect(try Files.words("args: -a 'open\n").last == "type=pc+pve2")
    }

    @Test func `a mapping is the IGD where nothing else can be`() throws {
        let one = try Files.devices("hostpci0: mapping=gpu\n").filter { $0.hasPrefix("vfio-pci") }
        #expect(one == ["vfio-pci,host=0000:00:02.0,id=hostpci0,bus=pci.0,addr=0x10"])
        let two = try Files.devices("hostpci0: mapping=gpu\nhostpci1: 00:02.0\n").filter { $0.hasPrefix("vfio-pci") }
        #expect(two == ["vfio-pci,host=0000:00:02.0,id=hostpci1,bus=pci.0,addr=0x11"])
    }
}
