import BerthPCI
import BerthTopology

/// The five lists a bridge has.
enum ResourceType: Int, CaseIterable {
    case io, memory32, prefetchable32, memory64, prefetchable64

    var window: BridgeWindow.Kind {
        switch self {
        case .io: .io
        // Windows of 64-bit memory that is not prefetchable do not exist: the list is merged away.
        case .memory32, .memory64: .memory
        case .prefetchable32, .prefetchable64: .prefetchableMemory
        }
    }
}

/// A request for space: a BAR, a window, or padding. Plain numbers, so that a whole segment's are copied as one block.
///
/// Source: `PCI_RESOURCE_NODE` in PciBusDxe/PciResourceSupport.h @ edk2-stable202211.
struct ResourceNode {
    enum Owner {
        case bar(function: Int, BARIndex)
        /// Space in which option ROMs are read, one after the other.
        case optionROM
        /// BARs of all virtual functions that a function could have.
        case virtualFunctions(of: Int, register: Int)
        case window(bridge: Int, ResourceType)
        case padding(bridge: Int)
        case rootBridge
    }

    var owner: Owner
    var length: UInt64
    /// A mask: one less than a power of two.
    var alignment: UInt64
    /// From the start of the window it is in.
    var offset: UInt64 = 0
    /// Of a window: which of the `WindowContents` is in it.
    var contents: Int32?

    var isPadding: Bool { if case .padding = owner { true } else { false } }
    /// What `length` has beyond multiples of the alignment's own bits; 0 for a BAR of a page or more.
    var rest: UInt64 { length & alignment }

    init(_ owner: Owner, length: UInt64, alignment: UInt64) {
        self.owner = owner
        self.length = length
        self.alignment = alignment
    }

    /// A window before its content is known.
    init(_ owner: Owner, _ type: ResourceType) {
        self.init(owner, length: 0, alignment: type.window.granularity.rawValue - 1)
    }
}

/// What is in a window.
struct WindowContents {
    /// In list order.
    var nodes: [ResourceNode]
    /// Who in it is turned away first, so that finding out does not take a walk every time.
    var largestConsumer: Consumer?
}

/// What sizing a BAR makes of it.
///
/// Source: `PciParseBar` in PciBusDxe/PciEnumeratorSupport.c @ edk2-stable202211.
enum BARParsing {
    /// Nil for a BAR that gets no space: the ROM, and memory so small that its size bits read back as
    /// a type that does not exist.
    static func node(_ bar: BAR, function: Int) -> (ResourceType, ResourceNode)? {
        guard bar.index != .rom else { return nil }
        let size = bar.kind.size.rawValue
        guard bar.kind.isIO || size >= 8 else { return nil }
        // Every memory BAR has a page of its own, so that pages can be given to virtual machines.
        let alignment = bar.kind.isIO ? size : max(size, 0x1000)
        return (
            type(bar.kind), ResourceNode(.bar(function: function, bar.index), length: size, alignment: alignment - 1)
        )
    }

    private static func type(_ kind: BARKind) -> ResourceType {
        switch kind {
        case .io: .io
        case .memory32(_, let prefetchable): prefetchable ? .prefetchable32 : .memory32
        case .memory64(_, let prefetchable): prefetchable ? .prefetchable64 : .memory64
        }
    }
}
