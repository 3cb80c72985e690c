/// Names of processors and of their features that came after libvirt 9.0.
///
/// Source: src/cpu_map/x86_*.xml @ 11.3.0 and 12.8.0. A name that came between two of these is taken for one of the earliest
/// release that may have it: nothing is refused that some libvirt knows.
extension ProcessorNames {
    /// After 9.0 and no later than 11.3.
    static let modelsSince9 = names(
        """
        486-v1 Broadwell-v1 Broadwell-v2 Broadwell-v3 Broadwell-v4 Cascadelake-Server-v1 Cascadelake-Server-v2
        Cascadelake-Server-v3 Cascadelake-Server-v4 Cascadelake-Server-v5 Conroe-v1 Cooperlake-v1
        Cooperlake-v2 Denverton Denverton-v1 Denverton-v2 Denverton-v3 Dhyana-v1 Dhyana-v2 EPYC-Genoa
        EPYC-Genoa-v1 EPYC-Milan-v1 EPYC-Milan-v2 EPYC-Rome-v1 EPYC-Rome-v2 EPYC-Rome-v3 EPYC-Rome-v4 EPYC-v1
        EPYC-v2 EPYC-v3 EPYC-v4 GraniteRapids GraniteRapids-v1 GraniteRapids-v2 Haswell-v1 Haswell-v2
        Haswell-v3 Haswell-v4 Icelake-Server-v1 Icelake-Server-v2 Icelake-Server-v3 Icelake-Server-v4
        Icelake-Server-v5 Icelake-Server-v6 Icelake-Server-v7 IvyBridge-v1 IvyBridge-v2 KnightsMill
        KnightsMill-v1 Nehalem-v1 Nehalem-v2 Opteron_G1-v1 Opteron_G2-v1 Opteron_G3-v1 Opteron_G4-v1
        Opteron_G5-v1 Penryn-v1 SandyBridge-v1 SandyBridge-v2 SapphireRapids SapphireRapids-v1
        SapphireRapids-v2 SapphireRapids-v3 SierraForest SierraForest-v1 Skylake-Client-v1 Skylake-Client-v2
        Skylake-Client-v3 Skylake-Client-v4 Skylake-Server-v1 Skylake-Server-v2 Skylake-Server-v3
        Skylake-Server-v4 Skylake-Server-v5 Snowridge-v1 Snowridge-v2 Snowridge-v3 Snowridge-v4 Westmere-v1
        Westmere-v2 athlon-v1 core2duo-v1 coreduo-v1 kvm32-v1 kvm64-v1 n270-v1 pentium-v1 pentium2-v1
        pentium3-v1 phenom-v1 qemu32-v1 qemu64-v1
        """)

    /// After 11.3 and no later than 12.8.
    static let modelsSince11 = names(
        """
        ClearwaterForest ClearwaterForest-v1 ClearwaterForest-v2 ClearwaterForest-v3 DiamondRapids
        DiamondRapids-v1 EPYC-Genoa-v2 EPYC-Milan-v3 EPYC-Rome-v5 EPYC-Turin EPYC-Turin-v1 EPYC-v5
        GraniteRapids-v3 GraniteRapids-v4 GraniteRapids-v5 SapphireRapids-v4 SapphireRapids-v5
        SapphireRapids-v6 SierraForest-v2 SierraForest-v3 SierraForest-v4 SierraForest-v5 YongFeng YongFeng-v1
        YongFeng-v2 YongFeng-v3
        """)

    /// After 9.0 and no later than 11.3.
    static let featuresSince9 = names(
        """
        amd-psfd amx-complex amx-fp16 auto-ibrs avx-ifma avx-ne-convert avx-vnni-int16 avx-vnni-int8 avx10
        avx10-128 avx10-256 avx10-512 bhi-ctrl cmpccxadd ddpd-u eraps fb-clear fbsdp-no fdp-excptn-only
        flush-l1d fred fsrc fsrs fzrm gds-no ibpb-brtype intel-psfd ipred-ctrl lam lfence-always-serializing
        lkgs mcdt-no no-nested-data-bp null-sel-clr-base overflow-recov pbrsb-no perfmon-v2 prefetchiti
        psdp-no rfds-clear rfds-no rrsba-ctrl sbdr-ssdp-no sbpb sgx-aex-notify sgx-edeccssa sha512 sm3 sm4
        srso-no srso-user-kernel-no stibp-always-on succor vmx-activity-hlt vmx-activity-shutdown
        vmx-activity-wait-sipi vmx-any-errcode vmx-apicv-register vmx-apicv-vid vmx-apicv-x2apic
        vmx-apicv-xapic vmx-cr3-load-noexit vmx-cr3-store-noexit vmx-cr8-load-exit vmx-cr8-store-exit
        vmx-desc-exit vmx-enable-user-wait-pause vmx-encls-exit vmx-entry-ia32e-mode vmx-entry-load-bndcfgs
        vmx-entry-load-efer vmx-entry-load-fred vmx-entry-load-pat vmx-entry-load-perf-global-ctrl
        vmx-entry-load-pkrs vmx-entry-load-rtit-ctl vmx-entry-noload-debugctl vmx-ept vmx-ept-1gb vmx-ept-2mb
        vmx-ept-advanced-exitinfo vmx-ept-execonly vmx-ept-uc vmx-ept-wb vmx-eptad vmx-eptp-switching
        vmx-exit-ack-intr vmx-exit-clear-bndcfgs vmx-exit-clear-rtit-ctl vmx-exit-load-efer vmx-exit-load-pat
        vmx-exit-load-perf-global-ctrl vmx-exit-load-pkrs vmx-exit-nosave-debugctl vmx-exit-save-efer
        vmx-exit-save-pat vmx-exit-save-preemption-timer vmx-exit-secondary-ctls vmx-flexpriority vmx-hlt-exit
        vmx-ins-outs vmx-intr-exit vmx-invept vmx-invept-all-context vmx-invept-single-context
        vmx-invept-single-context-noglobals vmx-invlpg-exit vmx-invpcid-exit vmx-invvpid
        vmx-invvpid-all-context vmx-invvpid-single-addr vmx-invvpid-single-context
        vmx-invvpid-single-context-noglobals vmx-io-bitmap vmx-io-exit vmx-monitor-exit vmx-movdr-exit
        vmx-msr-bitmap vmx-mtf vmx-mwait-exit vmx-nested-exception vmx-nmi-exit vmx-page-walk-4
        vmx-page-walk-5 vmx-pause-exit vmx-ple vmx-pml vmx-posted-intr vmx-preemption-timer vmx-rdpmc-exit
        vmx-rdrand-exit vmx-rdseed-exit vmx-rdtsc-exit vmx-rdtscp-exit vmx-secondary-ctls vmx-shadow-vmcs
        vmx-store-lma vmx-true-ctls vmx-tsc-offset vmx-tsc-scaling vmx-unrestricted-guest vmx-vintr-pending
        vmx-vmfunc vmx-vmwrite-vmexit-fields vmx-vnmi vmx-vnmi-pending vmx-vpid vmx-wbinvd-exit vmx-xsaves
        vmx-zero-len-inject vnmi wrmsrns zero-fcs-fds
        """)

    /// After 11.3 and no later than 12.8.
    static let featuresSince11 = names(
        """
        ace2 ace2-en amx-avx512 amx-fp8 amx-movrs amx-tf32 apx-nci-ndd-nf apxf avx10-vnni-int bhi-no cet-ibt
        cet-ss fs-gs-base-ns gmet its-no movrs msr-imm phe phe-en pmm pmm-en prefetchi tsa-l1-no tsa-sq-no
        verw-clear vmx-entry-load-cet vmx-exit-save-cet vmx-mbec xcrypt xcrypt-en xstore xstore-en
        """)
}
