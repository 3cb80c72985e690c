/// A region of a function as a client sees it: a BAR, the option ROM or configuration space.
public enum FunctionRegion: Sendable {
    /// The function has no such region.
    case absent
    /// The client maps the memory; the guest reads and writes it without a message. There is none that only reads: QEMU 11.1 dies
    /// of SIGSEGV when a guest writes to such a mapping.
    case mapped(SharedMemory)
    /// Every access is a message, which the behaviour answers. What is written to a region that is not writable is dropped.
    case trapped(size: UInt64, isWritable: Bool)

    /// Which region; the numbers are the protocol's, those of VFIO for PCI.
    public enum Index: UInt32, Sendable, CaseIterable {
        /// In the protocol's order.
        case bar0, bar1, bar2, bar3, bar4, bar5, rom, configuration, vga

        /// A BAR by its number; nil from 6 on.
        public static func bar(_ number: Int) -> Index? {
            (0..<6).contains(number) ? Index(rawValue: UInt32(number)) : nil
        }
    }

    /// In bytes.
    var size: UInt64 {
        switch self {
        case .absent: 0
        case .mapped(let memory): memory.size
        case .trapped(let size, _): size
        }
    }
}
