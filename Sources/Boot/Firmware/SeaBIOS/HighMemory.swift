import BerthPCI
import BerthTopology

/// SeaBIOS's heap at the top of low RAM (ZoneHigh), as far as it decides how much of it stays reserved.
///
/// Allocation is first fit from the top; what is freed before the end leaves holes that later requests
/// may fill, but the lowest piece still in use when the OS is started decides how much is given back.
///
/// Source: src/malloc.c `alloc_new`, `malloc_prepboot`; who allocates what: src/hw/{nvme,pvscsi,virtio-pci,
/// virtio-scsi,usb-ehci,usb-uhci,usb-ohci,usb-xhci}.c, src/fw/romfile_loader.c @ SeaBIOS 1.16.2.
struct HighMemory {
    /// Used pieces, highest first.
    private var used: [Piece] = []
    let top: UInt64

    private struct Piece {
        var start: UInt64
        var end: UInt64
        /// Still there when the OS starts.
        var stays: Bool
        /// Of a SCSI controller without disks, which lets go of it while NVMe controllers start.
        var isSCSI = false
    }

    private let bottom: UInt64
    var size: UInt64 { top - bottom }

    /// What NVMe is about to allocate when a SCSI controller without disks is done.
    ///
    /// Both drivers are threads that wait for their devices (`run_thread` in src/stacks.c), so this differs from one run
    /// of the same guest to the next; most often the SCSI controller is last.
    enum Race: CaseIterable { case afterAll, beforeBuffer, beforeSubmissionQueue, beforeCompletionQueue }
    var race = Race.afterAll

    /// `size` is that of the release (`malloc_preinit`).
    init(top: UInt64, size: UInt64) {
        self.top = top
        bottom = top - size
    }

    /// Takes the highest place; returns its address, or nil when the heap is full.
    @discardableResult
    mutating func allocate(_ size: UInt64, alignment: UInt64 = 16, stays: Bool = true) -> UInt64? {
        guard size <= top - bottom else { return nil }
        var ceiling = top
        for index in used.indices {
            let start = Alignment.down(ceiling - size, to: alignment)
            if start >= used[index].end {
                used.insert(Piece(start: start, end: start + size, stays: stays), at: index)
                return start
            }
            ceiling = used[index].start
        }
        let start = Alignment.down(ceiling - size, to: alignment)
        guard start >= bottom else { return nil }
        used.append(Piece(start: start, end: start + size, stays: stays))
        return start
    }

    /// Where the part begins that the OS must not use: the page of the lowest piece that stays.
    var reservedStart: UInt64 {
        used.last { $0.stays }.map { Alignment.down($0.start, to: 0x1000) } ?? top
    }

    /// QEMU's ACPI tables, loaded as one blob.
    mutating func loadTables() { allocate(0x2_0000, alignment: 64) }

    /// Drivers in the order of `usb_setup` and `block_setup`. A USB controller without devices frees what it
    /// took, but only after the disks were found.
    mutating func start(_ drivers: [FirmwareDriver]) {
        for driver in drivers where driver.kind == .xhci { startXHCI() }
        for driver in drivers where driver.kind == .ehci { startEHCI() }
        for driver in drivers where driver.kind == .uhci { startUHCI() }
        for driver in drivers where driver.kind == .ohci { startOHCI() }
        for driver in drivers where driver.kind == .virtioBlock && driver.hasDrive {
            allocate(Self.virtqueue, alignment: 0x1000)
        }
        for driver in drivers where driver.kind == .virtioSCSI {
            for address in [
                allocate(240, stays: false), allocate(Self.virtqueue, alignment: 0x1000, stays: false),
            ] {
                if let index = used.firstIndex(where: { $0.start == address }) { used[index].isSCSI = true }
            }
        }
        for driver in drivers where driver.kind == .pvscsi {
            allocate(12)
            for _ in 0..<3 { allocate(0x1000, alignment: 0x1000) }
        }
        startNVMe(drivers.filter { $0.kind == .nvme })
    }

    /// `struct vring_virtqueue` for 256 entries.
    private static let virtqueue: UInt64 = 10784

    /// Control block, admin queues; then, once the controller answered, I/O queues of 256 entries; one bounce
    /// buffer for all disks.
    private mutating func startNVMe(_ controllers: [FirmwareDriver]) {
        for _ in controllers {
            allocate(88)
            allocate(0x1000, alignment: 0x1000)
            allocate(0x1000, alignment: 0x1000)
        }
        for _ in controllers {
            finishSCSI(.beforeCompletionQueue)
            allocate(0x1000, alignment: 0x1000)
            finishSCSI(.beforeSubmissionQueue)
            allocate(0x4000, alignment: 0x1000)
        }
        finishSCSI(.beforeBuffer)
        if controllers.contains(where: \.hasDrive) { allocate(0x1000, alignment: 0x1000) }
    }

    private mutating func finishSCSI(_ moment: Race) {
        if race == moment { used.removeAll(where: \.isSCSI) }
    }

    private mutating func startXHCI() {
        allocate(112, stays: false)
        allocate(65 * 8, alignment: 64, stays: false)
        allocate(16, alignment: 64, stays: false)
        allocate(292, alignment: 256, stays: false)
        allocate(292, alignment: 256, stays: false)
    }

    private mutating func startEHCI() {
        allocate(0x1000, alignment: 0x1000, stays: false)
        allocate(68, alignment: 128, stays: false)
        allocate(68, alignment: 128, stays: false)
    }

    private mutating func startUHCI() {
        allocate(16, stays: false)
        allocate(0x1000, alignment: 0x1000, stays: false)
        allocate(48, stays: false)
        allocate(48, stays: false)
    }

    private mutating func startOHCI() {
        allocate(256, alignment: 256, stays: false)
        allocate(16, stays: false)
    }
}
