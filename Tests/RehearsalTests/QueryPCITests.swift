import BerthRehearsal
import Foundation
import Testing

/// What `query-pci` says of a function.
struct QueryPCITests {
    /// Seed 2036 on debian-12: iPXE was sizing BAR 4 of a virtio-net-pci when the guest was looked at.
    @Test(arguments: [
        (UInt64(0x3_81c0_4000), UInt64(0x4000), false), (0x3_ffff_c000, 0x4000, true), (0xffff_f000, 0x1000, true),
        (0xfebf_f000, 0x1000, false),
        // The upper half alone says nothing.
        (0xffff_ffff_0000_0000, 0x1_0000_0000, false),
    ])
    func `a BAR that holds what sizing leaves is not where it will be`(
        address: UInt64, size: UInt64, isBeingSized: Bool
    ) throws {
        let text = """
            {"bus": 0, "slot": 7, "function": 0, "id": {"vendor": 6900, "device": 4096},
             "class_info": {"class": 512}, "qdev_id": "d11",
             "regions": [{"bar": 4, "type": "memory", "size": \(size), "address": \(Int64(bitPattern: address)),
                          "prefetch": true, "mem_type_64": true}]}
            """
        let report = try JSONDecoder().decode(PCIFunctionReport.self, from: Data(text.utf8))
        #expect(report.isBeingSized == isBeingSized)
    }

    /// QEMU leaves out BARs of size 0 and registers none that is no power of two, so this was said by something else.
    @Test(arguments: [
        (bar: 4, size: UInt64(0), words: "a BAR has a power of two"), (4, 0x3000, "a BAR has a power of two"),
        (7, 0x1000, "BARs are 0 to 6"), (-1, 0x1000, "BARs are 0 to 6"),
    ])
    func `a BAR that no function can have is refused`(bar: Int, size: UInt64, words: String) throws {
        let text = """
            {"bus": 0, "slot": 7, "function": 0, "id": {"vendor": 6900, "device": 4096}, "class_info": {"class": 512},
             "qdev_id": "", "regions": [{"bar": \(bar), "type": "memory", "size": \(size), "address": 4273999872}]}
            """
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(PCIFunctionReport.self, from: Data(text.utf8))
        }
        guard case .dataCorrupted(let context) = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(context.debugDescription == words)
    }
}
