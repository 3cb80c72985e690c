import CMemfd
import Glibc

/// Memory of this process that a client maps into its guest: a memfd that can neither shrink nor grow.
///
/// A client whose mapping loses its file dies of SIGBUS (QEMU 11.1.3, measured), hence the seals. The memory is zero at first and
/// takes no page before it is touched. It lives until the last of server and client lets go of it.
public final class SharedMemory: Sendable {
    /// In bytes.
    public let size: UInt64
    let descriptor: Descriptor

    /// Errors: no descriptor left, or a size that the system refuses.
    public init(size: UInt64) throws(FunctionError) {
        let flags = UInt32(berth_memfd_close_on_exec | berth_memfd_allow_sealing)
        let number = memfd_create("berth", flags)
        guard number >= 0 else { throw .system("cannot make memory to share", errno) }
        descriptor = Descriptor(number)
        self.size = size
        guard let length = off_t(exactly: size), ftruncate(number, length) == 0 else {
            throw .system("cannot make \(size) bytes of memory to share", size > off_t.max ? EFBIG : errno)
        }
        let seals = Int32(berth_seal_seal | berth_seal_shrink | berth_seal_grow)
        guard fcntl(number, Int32(berth_fcntl_add_seals), seals) == 0 else {
            throw .system("cannot seal memory", errno)
        }
    }

    /// What is there now; shorter where the memory ends.
    public func read(at offset: UInt64, count: Int) -> [UInt8] {
        guard offset < size, count > 0 else { return [] }
        let wanted = Int(min(UInt64(count), size - offset))
        var bytes = [UInt8](repeating: 0, count: wanted)
        var done = 0
        while done < wanted {
            let part = bytes[done...].withUnsafeMutableBytes {
                pread(descriptor.number, $0.baseAddress, $0.count, off_t(offset) + off_t(done))
            }
            if part < 0, errno == EINTR { continue }
            guard part > 0 else { break }
            done += part
        }
        return bytes
    }

    /// What would lie beyond the end is left out.
    public func write(_ bytes: [UInt8], at offset: UInt64) {
        guard offset < size else { return }
        var rest = bytes.prefix(Int(min(UInt64(bytes.count), size - offset)))
        var at = off_t(offset)
        while !rest.isEmpty {
            let part = rest.withUnsafeBytes { pwrite(descriptor.number, $0.baseAddress, $0.count, at) }
            if part < 0, errno == EINTR { continue }
            guard part > 0 else { return }
            rest = rest.dropFirst(part)
            at += off_t(part)
        }
    }

    /// Refuses more memory than the machine has; what it has free changes until a guest touches it.
    static func check(_ needed: UInt64) throws(FunctionError) {
        let pages = sysconf(Int32(_SC_PHYS_PAGES))
        let page = sysconf(Int32(_SC_PAGESIZE))
        guard pages > 0, page > 0 else { return }
        let installed = UInt64(pages) * UInt64(page)
        guard needed <= installed else { throw .memory(needed: needed, installed: installed) }
    }
}
