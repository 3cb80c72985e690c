import BerthRehearsal
import Foundation
import TestSupport
import Testing

/// SeaBIOS under KVM, with the processor of the machine that ran it or a part of it: which widths it believes, and where it
/// puts BARs above 4 GiB then. What ran was a paravirtual KVM (kvm_pvm) on an Intel Xeon with 46 bits, where neither OVMF nor
/// Linux starts.
struct RecordedKVMTests {
    @Test(arguments: ["kvm", "stacks/trixie/kvm", "stacks/sid/kvm"])
    func `predictions equal the recordings`(kind: String) throws {
        let files = try Recorded.cases(kind)
        #expect(files.count >= 10)
        for file in files {
            let name = file.lastPathComponent
            let recorded = try RecordedCase.read(Data(contentsOf: file), file: name)
            #expect(recorded.accelerator == "kvm" && recorded.hostAddressBits == 46, "\(name)")
            #expect(try RecordedComparison.firstDifference(recorded) == nil, "\(kind)/\(name)")
        }
    }
}
