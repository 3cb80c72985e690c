import BerthDiagnostics

/// KVM and the processor.
extension LogMessages {
    static let kvm: [LogMessage] = [
        LogMessage(
            "kvm-disabled", by: .hostKernel,
            "VMX (outside TXT) disabled by BIOS",
            releases: "Linux 5.6 to 7.1", .trouble,
            means: "the host's firmware does not let guests run",
            sees: .refusesToStart,
            help: "turn VT-x on in the host's firmware",
            source: "Linux 7.1 arch/x86/kernel/cpu/feat_ctl.c init_ia32_feat_ctl"),
        LogMessage(
            "kvm-missing", by: .qemu,
            "Could not access KVM kernel module: \(text: "reason")",
            releases: "QEMU 1.0 to 11.1", .trouble,
            means: "QEMU cannot use KVM",
            sees: .refusesToStart,
            help: "modprobe kvm_intel on the host, and VT-x in its firmware",
            source: "QEMU 7.2 accel/kvm/kvm-all.c kvm_init"),
        LogMessage(
            "kvm-run-failed", by: .qemu,
            "error: kvm run failed \(text: "reason")",
            releases: "QEMU 1.0 to 11.1", .trouble,
            means: "the processor could not go on with the guest",
            sees: .hardwareError,
            help: "see where it stopped: an address in a BAR means that the guest executes from the device",
            source: "QEMU 7.2 accel/kvm/kvm-all.c kvm_cpu_exec"),
        LogMessage(
            "kvm-entry-failed", by: .qemu,
            "KVM: entry failed, hardware error \(raw: "reason")",
            releases: "QEMU 1.0 to 11.1", .trouble,
            means: "the processor refused to enter the guest",
            sees: .hardwareError,
            help: "another CPU model",
            source: "QEMU 7.2 target/i386/kvm/kvm.c kvm_arch_handle_exit"),
    ]
}
