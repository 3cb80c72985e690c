extension GuestRun {
    /// `KVM internal error. Suberror: 1, emulation failure, at 0xfffd27d4`, as `kvm_handle_internal_error` in
    /// accel/kvm/kvm-all.c @ QEMU 7.2 and the registers behind it print it.
    package static func wordsOfKVM(_ complaint: String) -> String {
        let lines = complaint.split(whereSeparator: \.isNewline).map(String.init)
        let first =
            lines.firstIndex { $0.contains("KVM internal error") || $0.contains("KVM: entry failed") }
            ?? lines.firstIndex { $0.contains("kvm run failed") }
        guard let first else { return "it stopped with an internal error" }
        var words = [lines[first]]
        if lines[first...].contains("emulation failure") { words.append("emulation failure") }
        let names = ["RIP=", "EIP="]
        let place = lines[first...].lazy.flatMap { $0.split(separator: " ") }.first { word in
            names.contains { word.hasPrefix($0) }
        }
        if let place { words.append("at 0x\(place.dropFirst(4))") }
        return words.joined(separator: ", ")
    }
}
