/// Controllers of every type.
extension DomainPlanDice {
    mutating func drawControllers(_ dice: inout Dice) {
        drawUSB(&dice)
        if dice.chance(55) { drawPCI(&dice) }
        for _ in 0..<dice.number(0..<3) { drawSCSI(&dice) }
        if dice.chance(25) {
            let model = dice.pick([
                "", "", " model='virtio'", " model='virtio-transitional'", " model='virtio-non-transitional'",
            ])
            let ports = dice.chance(30) ? " ports='16'" : ""
            devices.append("<controller type='virtio-serial' index='0'\(model)\(ports)>\(common(&dice))</controller>")
        }
        if dice.chance(15) {
            let index = dice.pick(isExpress ? [1, 1, 2] : [0, 0, 1])
            devices.append("<controller type='sata' index='\(index)'>\(common(&dice))</controller>")
        }
        if !isExpress, dice.chance(10) { devices.append("<controller type='ide' index='0'/>") }
    }

    private mutating func drawUSB(_ dice: inout Dice) {
        switch dice.number(0..<10) {
        case 0..<4: return
        case 4:
            hasUSB = false
            devices.append("<controller type='usb' model='none'/>")
        case 5: drawUSB2(0, &dice)
        case 6:
            devices.append(
                "<controller type='usb' index='0' model='qemu-xhci' ports='15'>\(common(&dice))</controller>")
            drawUSB2(1, &dice)
        case 7: devices.append("<controller type='usb' index='0'/>")
        default:
            let models = ["nec-xhci", "qemu-xhci", "ehci", "piix4-uhci", "pci-ohci", "piix3-uhci"]
            for index in 0..<dice.number(1..<3) {
                let model = dice.pick(models)
                let rest = model == "piix3-uhci" && index == 0 ? "" : common(&dice)
                devices.append("<controller type='usb' index='\(index)' model='\(model)'>\(rest)</controller>")
            }
        }
    }

    private mutating func drawUSB2(_ index: Int, _ dice: inout Dice) {
        let number = dice.chance(80) ? " index='\(index)'" : ""
        let slot = dice.chance(30) ? dice.number(5..<28) : nil
        for (model, function, port) in [("ehci1", 7, nil), ("uhci1", 0, 0), ("uhci2", 1, 2), ("uhci3", 2, 4)]
            as [(String, Int, Int?)]
        {
            let master = port.map { "<master startport='\($0)'/>" } ?? ""
            let multifunction = function == 0 ? " multifunction='on'" : ""
            let address = slot.map { "<address type='pci' slot='\($0)' function='\(function)'\(multifunction)/>" } ?? ""
            devices.append("<controller type='usb'\(number) model='ich9-\(model)'>\(master)\(address)</controller>")
        }
    }

    private mutating func drawSCSI(_ dice: inout Dice) {
        let model = dice.pick([
            "", " model='auto'", " model='virtio-scsi'", " model='virtio-scsi'", " model='lsilogic'",
            " model='lsisas1068'",
            " model='lsisas1078'", " model='vmpvscsi'", " model='virtio-transitional'",
            " model='virtio-non-transitional'",
            " model='am53c974'", " model='dc390'",
        ])
        let driver = model.contains("virtio") && dice.chance(40) ? "<driver queues='2' iommu='on'/>" : ""
        devices.append("<controller type='scsi'\(model)>\(driver)\(common(&dice))</controller>")
    }

    private mutating func drawPCI(_ dice: inout Dice) {
        if dice.chance(50) {
            devices.append("<controller type='pci' index='0' model='\(isExpress ? "pcie" : "pci")-root'/>")
        }
        var index = 1
        func controller(_ model: String, _ rest: String = "", numbered: Bool = true) -> String {
            "<controller type='pci'\(numbered ? " index='\(index)'" : "") model='\(model)'>\(rest)</controller>"
        }
        guard isExpress else {
            for _ in 0..<dice.number(1..<4) {
                let model = dice.chance(75) ? "pci-bridge" : "pci-expander-bus"
                var rest =
                    dice.chance(25) && model == "pci-bridge" ? "<target chassisNr='\(dice.number(1..<255))'/>" : ""
                if model == "pci-expander-bus", dice.chance(60) { rest = "<target busNr='\(250 - index * 8)'/>" }
                rest += common(&dice, onRoot: true)
                devices.append(controller(model, rest))
                addBus(index, slots: 1...31)
                index += dice.chance(90) ? 1 : 2
            }
            return
        }
        for _ in 0..<dice.number(1..<9) {
            switch dice.number(0..<20) {
            case 0..<12:
                let target = dice.pick([
                    "", "", "", "<target chassis='\(index + 40)' port='0x\(String(index + 8, radix: 16))'/>",
                    "<target hotplug='off'/>",
                    "<model name='ioh3420'/>", "<model name='pcie-root-port'/><target chassis='\(index)'/>",
                ])
                devices.append(controller("pcie-root-port", target + port(&dice)))
                addBus(index, slots: 0...0)
            case 12, 13:
                devices.append(controller("pcie-root-port", port(&dice)))
                index += 1
                let place = dice.chance(50) ? "<address type='pci' bus='\(index - 1)' slot='0'/>" : ""
                devices.append(controller("pcie-to-pci-bridge", place))
                addBus(index, slots: 1...31)
            case 14: devices.append(controller("dmi-to-pci-bridge", dice.chance(50) ? "" : common(&dice, onRoot: true)))
            case 15, 16:
                devices.append(controller("pcie-root-port", port(&dice)))
                index += 1
                devices.append(
                    controller(
                        "pcie-switch-upstream-port", dice.chance(50) ? "" : "<address type='pci' bus='\(index - 1)'/>"))
                let above = index
                for slot in 0..<dice.number(1..<4) {
                    index += 1
                    let place = dice.chance(50) ? "<address type='pci' bus='\(above)' slot='\(slot)'/>" : ""
                    devices.append(controller("pcie-switch-downstream-port", place))
                    addBus(index, slots: 0...0)
                }
            case 17:
                let target = dice.chance(50) ? "<target busNr='\(dice.number(60..<250))'/>" : ""
                devices.append(controller("pcie-expander-bus", target + common(&dice, onRoot: true)))
                let above = index
                index += 1
                devices.append(controller("pcie-root-port", "<address type='pci' bus='\(above)' slot='0'/>"))
                addBus(index, slots: 0...0)
            case 18: devices.append(controller("pcie-root-port", numbered: false))
            default:
                devices.append(controller("dmi-to-pci-bridge"))
                index += 1
                devices.append(controller("pci-bridge"))
                addBus(index, slots: 1...31)
            }
            index += 1
        }
    }
}
