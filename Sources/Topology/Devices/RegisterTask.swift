package import BerthPCI

/// What a register writer in an option ROM does for one region: it gives a register of the display the address of a BAR.
package struct RegisterTask: Hashable, Sendable {
    package var region: Region
    /// The display.
    package var target: Slot
    /// Offset in its configuration space.
    package var register: Int
    /// 4 or 8.
    package var width: Int
    package var carrier: Slot
    package var bar: BARIndex
    /// The fw_cfg file it copies into the BAR first; nil for none.
    package var file: String?
    /// Whether it may move the BAR below 4 GiB where the register cannot hold the address.
    package var mayMove: Bool

    package init(
        _ region: Region, target: Slot, register: Int, width: Int, carrier: Slot, bar: BARIndex, file: String? = nil,
        mayMove: Bool = true
    ) {
        self.region = region
        self.target = target
        self.register = register
        self.width = width
        self.carrier = carrier
        self.bar = bar
        self.file = file
        self.mayMove = mayMove
    }
}

extension GuestTopology {
    /// Everything that register writers of this guest's ROMs do, in the order of regions.
    package var registerTasks: [RegisterTask] {
        (devices.flatMap(\.tasks) + (igd?.tasks ?? [])).sorted { $0.region < $1.region }
    }

    /// Whether there is a register writer; asked of every guest that boots, so that no list is made.
    package var hasRegisterTasks: Bool { devices.contains { !$0.tasks.isEmpty } || igd?.tasks.isEmpty == false }

    /// Where the ROM with the register writer is; nil without one.
    package var registerWriterSlot: Slot? {
        devices.first { !$0.tasks.isEmpty }?.slot ?? (igd?.tasks.isEmpty == false ? igd?.slot : nil)
    }

    /// The name of the ROM file for this guest, by which readers know it again.
    package var writerFileName: String {
        let tidy = name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) ? $0 : "-" }
        return "\(String(tidy))-\(Device.writerFile)"
    }

    /// Says where the ROM file is.
    package mutating func setWriterFile(_ path: String) {
        for index in devices.indices where !devices[index].tasks.isEmpty {
            devices[index].properties.removeAll { $0.name == "romfile" }
            devices[index].properties.append(Property("romfile", .text(path)))
        }
    }

    /// Adds what a register writer has to do. One ROM does it all: that of the first region's carrier.
    package mutating func addRegisterTasks(_ new: [RegisterTask]) {
        let regions = Set(new.map(\.region))
        let tasks = (registerTasks.filter { !regions.contains($0.region) } + new).sorted { $0.region < $1.region }
        for index in devices.indices where !devices[index].tasks.isEmpty { devices[index].setWriter([]) }
        guard let holder = tasks.first?.carrier, let index = devices.firstIndex(where: { $0.slot == holder }) else {
            return
        }
        devices[index].setWriter(tasks)
    }
}

extension Device {
    /// The name of the ROM file in a plan, until somebody says where it is.
    package static let writerFile = "berth-writer.rom"
    /// Of its ROM BAR: two images of 5 KiB, and a power of two.
    package static let writerROMSize = ByteCount.kib(16)

    fileprivate mutating func setWriter(_ tasks: [RegisterTask]) {
        self.tasks = tasks
        properties.removeAll { $0.name == "romfile" }
        romSize = nil
        guard !tasks.isEmpty else { return }
        properties.append(Property("romfile", .text(Self.writerFile)))
        romSize = Self.writerROMSize
    }
}
