/// Devices of which a domain can have many.
extension DomainPlanDice {
    mutating func drawEndpoint(_ number: Int, _ dice: inout Dice) -> String {
        switch dice.number(0..<100) {
        case 0..<22: disk(number, &dice)
        case 22..<36: interface(&dice, number)
        case 36..<46: hostDevice(number, &dice)
        case 46..<52: sound(&dice)
        case 52..<60: sharedMemory(number, &dice)
        case 60..<68: random(&dice)
        case 68..<75: filesystem(number, &dice)
        case 75..<83: input(&dice)
        case 83..<88: serial(number, &dice)
        case 88..<94: channel(number, &dice)
        default: memoryDevice(&dice)
        }
    }

    private mutating func disk(_ number: Int, _ dice: inout Dice) -> String {
        let letters =
            number < 26 ? String(UnicodeScalar(UInt8(97 + number))) : "a" + String(UnicodeScalar(UInt8(71 + number)))
        let buses =
            ["virtio", "virtio", "virtio", "virtio", "scsi", "sata", isExpress || number > 3 ? "sata" : "ide"]
            + (hasUSB ? ["usb"] : [])
        let bus = dice.pick(buses)
        let prefix = bus == "virtio" ? "vd" : bus == "ide" ? "hd" : "sd"
        let isCD = bus != "virtio" && dice.chance(30)
        let letter = letters
        let source = isCD && dice.chance(40) ? "" : "<source file='/tmp/disk\(number).img'/>"
        let driver = dice.pick([
            "", "<driver name='qemu' type='qcow2'/>", "<driver name='qemu' type='raw' cache='none'/>",
            "<driver name='qemu' type='raw' cache='writethrough' error_policy='stop'/>",
            bus == "virtio" ? "<driver name='qemu' type='raw' queues='4' ioeventfd='on' packed='off'/>" : "",
        ])
        let model =
            bus == "virtio"
            ? dice.pick(["", "", " model='virtio-transitional'", " model='virtio-non-transitional'"]) : ""
        let serial = dice.chance(15) ? "<serial>WD-\(number)</serial>" : ""
        let rest = bus == "virtio" ? common(&dice, boots: true) : common(&dice, boots: true, places: false)
        let noBus = dice.chance(10) && bus != "usb" && bus != "sata" ? "" : " bus='\(bus)'"
        return
            "<disk type='file' device='\(isCD ? "cdrom" : "disk")'\(model)>\(driver)\(source)<target dev='\(prefix)\(letter)'\(noBus)/>\(serial)\(rest)</disk>"
    }

    private mutating func interface(_ dice: inout Dice, _ number: Int) -> String {
        let model = dice.pick([
            "", "virtio", "virtio", "virtio", "e1000", "e1000e", "rtl8139", "virtio-transitional",
            "virtio-non-transitional", "vmxnet3", "pcnet", "ne2k_pci", "tulip",
        ])
        let element = model.isEmpty ? "" : "<model type='\(model)'/>"
        let rom = dice.pick([
            "", "", "", "<rom bar='off'/>", "<rom enabled='no'/>", "<rom bar='on' file='/tmp/x.rom'/>",
        ])
        return
            "<interface type='user'><mac address='52:54:00:00:00:\(10 + number)'/>\(element)\(rom)\(common(&dice, boots: true))</interface>"
    }

    private mutating func hostDevice(_ number: Int, _ dice: inout Dice) -> String {
        if dice.chance(20) {
            let flags = dice.pick(["", " display='off'", " display='off' ramfb='off'"])
            let digits = number < 10 ? "0\(number)" : "\(number)"
            let uuid = "4b20d080-1b54-4048-85b3-a6a62d1650\(digits)"
            return
                "<hostdev mode='subsystem' type='mdev' model='vfio-pci'\(flags)><source><address uuid='\(uuid)'/></source>\(common(&dice))</hostdev>"
        }
        if hasUSB, dice.chance(12) {
            return
                "<hostdev mode='subsystem' type='usb'><source><address bus='14' device='\(number + 1)'/></source></hostdev>"
        }
        if dice.chance(12) {
            return
                "<hostdev mode='subsystem' type='scsi'><source><adapter name='scsi_host0'/><address bus='0' target='0' unit='\(number)'/></source></hostdev>"
        }
        let rom = dice.pick([
            "", "", "<rom bar='off'/>", "<rom file='/tmp/igd.rom'/>", "<rom bar='on'/>", "<rom enabled='no'/>",
        ])
        let place = dice.chance(6) ? "<address type='unassigned'/>" : common(&dice, boots: true)
        return
            "<hostdev mode='subsystem' type='pci' managed='no'><driver name='vfio'/><source><address domain='0x0000' bus='0x99' slot='0x\(String(number % 31 + 1, radix: 16))' function='0x\(number / 31)'/></source>\(rom)\(place)</hostdev>"
    }

    private mutating func sound(_ dice: inout Dice) -> String {
        let model = dice.pick(["ich6", "ich9", "ich9", "ac97", "es1370", hasUSB ? "usb" : "ich6", "sb16"])
        let isPCI = !["usb", "sb16"].contains(model)
        return "<sound model='\(model)'>\(isPCI ? common(&dice) : "")</sound>"
    }

    private mutating func sharedMemory(_ number: Int, _ dice: inout Dice) -> String {
        let isDoorbell = dice.chance(30)
        let body =
            isDoorbell
            ? "<model type='ivshmem-doorbell'/><server path='/tmp/s\(number)'/>"
                + dice.pick(["", "<msi vectors='4'/>", "<msi vectors='8' ioeventfd='off'/>"])
            : "<model type='ivshmem-plain'/>"
                + dice.pick(["", "<size unit='M'>1</size>", "<size unit='MiB'>64</size>"])
        let role = isDoorbell ? "" : dice.pick(["", "", " role='master'", " role='peer'"])
        return "<shmem name='m\(number)'\(role)>\(body)\(common(&dice))</shmem>"
    }

    private mutating func random(_ dice: inout Dice) -> String {
        let model = dice.pick(["virtio", "virtio", "virtio-transitional", "virtio-non-transitional"])
        let rate = dice.pick(["", "<rate bytes='1024'/>", "<rate bytes='99' period='2000'/>"])
        let backend = dice.pick(["<backend model='random'>/dev/urandom</backend>", "<backend model='builtin'/>"])
        return "<rng model='\(model)'>\(rate)\(backend)\(common(&dice))</rng>"
    }

    /// virtiofs needs a libvirt with privileges (`virtiofs is not yet supported in session mode`).
    private mutating func filesystem(_ number: Int, _ dice: inout Dice) -> String {
        let model = dice.pick([
            "", "", " model='virtio-transitional'", " model='virtio-non-transitional'", " model='virtio'",
        ])
        return
            "<filesystem type='mount' accessmode='passthrough'\(model)><source dir='/tmp'/><target dir='t\(number)'/>\(common(&dice))</filesystem>"
    }

    private mutating func input(_ dice: inout Dice) -> String {
        let type = dice.pick(["mouse", "keyboard", "tablet"])
        if hasUSB, dice.chance(35) { return "<input type='\(type)' bus='usb'/>" }
        if dice.chance(20) {
            return "<input type='passthrough' bus='virtio'><source evdev='/dev/input/event0'/>\(common(&dice))</input>"
        }
        return "<input type='\(type)' bus='virtio'>\(common(&dice))</input>"
    }

    private mutating func serial(_ number: Int, _ dice: inout Dice) -> String {
        if dice.chance(70) {
            return "<serial type='null'><target type='pci-serial' port='\(number)'/>\(common(&dice))</serial>"
        }
        return "<console type='null'><target type='virtio' port='\(number)'/></console>"
    }

    private mutating func channel(_ number: Int, _ dice: inout Dice) -> String {
        let address =
            dice.chance(20)
            ? "<address type='virtio-serial' controller='\(dice.number(0..<3))' bus='0' port='\(number + 1)'/>" : ""
        return "<channel type='null'><target type='virtio' name='c.\(number)'/>\(address)</channel>"
    }

    private mutating func memoryDevice(_ dice: inout Dice) -> String {
        guard hasMemoryDevices else { return random(&dice) }
        if dice.chance(50) {
            return
                "<memory model='virtio-mem'><target><size unit='MiB'>512</size><node>0</node><block unit='MiB'>2</block><requested unit='MiB'>256</requested></target>\(common(&dice))</memory>"
        }
        return
            "<memory model='virtio-pmem' access='shared'><source><path>/tmp/pmem</path></source><target><size unit='MiB'>128</size></target>\(common(&dice))</memory>"
    }

    /// Devices of which a domain has one, and videos.
    mutating func drawSingles(_ dice: inout Dice) -> [String] {
        var drawn: [String] = []
        if dice.chance(30) {
            drawn.append("<memballoon model='none'/>")
        } else if dice.chance(50) {
            let model = dice.pick(["virtio", "virtio-transitional", "virtio-non-transitional"])
            drawn.append(
                "<memballoon model='\(model)' autodeflate='\(dice.pick(["on", "off"]))'>\(common(&dice))</memballoon>")
        }
        if dice.chance(12) {
            drawn.append("<watchdog model='\(dice.pick(["i6300esb", "i6300esb", "ib700"]))' action='reset'/>")
        }
        if isExpress, dice.chance(15) {
            drawn.append(
                dice.chance(50)
                    ? "<iommu model='virtio'>\(common(&dice, onRoot: true))</iommu>"
                    : "<iommu model='intel'><driver caching_mode='on' aw_bits='48'/></iommu>")
        }
        if hasUSB, dice.chance(15) {
            drawn.append(
                "<redirdev bus='usb' type='tcp'><source mode='connect' host='localhost' service='4000'/></redirdev>")
        }
        if hasUSB, dice.chance(10) { drawn.append("<hub type='usb'/>") }
        if dice.chance(10) { drawn.append("<panic model='isa'/>") }
        if dice.chance(40) { drawn.append("<graphics type='\(dice.pick(["vnc", "spice"]))' autoport='yes'/>") }
        return drawn + videos(&dice)
    }

    private mutating func videos(_ dice: inout Dice) -> [String] {
        if dice.chance(35) { return [] }
        if dice.chance(15) { return ["<video><model type='none'/></video>"] }
        let first = dice.pick(["vga", "cirrus", "qxl", "virtio", "bochs", "vmvga", "ramfb", ""])
        let others = dice.chance(25) && !first.isEmpty ? dice.number(1..<3) : 0
        var drawn = [video(first, &dice, primary: others > 0 || dice.chance(30))]
        for _ in 0..<others { drawn.append(video(dice.pick(["qxl", "virtio"]), &dice)) }
        return drawn
    }

    private mutating func video(_ model: String, _ dice: inout Dice, primary: Bool = false) -> String {
        let heads = ["qxl", "virtio"].contains(model) && dice.chance(50) ? " heads='\(dice.number(1..<4))'" : ""
        let memory = dice.pick(["", " vram='\(dice.pick([9216, 16384, 65536]))'"])
        let flag = primary ? " primary='yes'" : ""
        let type = model.isEmpty ? "" : "<model type='\(model)'\(heads)\(memory)\(flag)/>"
        return "<video>\(type)\(model == "ramfb" ? "" : common(&dice))</video>"
    }
}
