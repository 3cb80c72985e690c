#!/usr/bin/env python3
"""Record what several releases of QEMU say of the same command lines.

    verdicts.py OUT.json NAME=ROOT...        for example: verdicts.py verdicts.json 7.2=/ 10.0=/var/tmp/debian-13

A row has the arguments, and by releases that agree either QEMU's own words where it does not start, or the PCI functions
beside those of the bare machine, as `PARENT:SLOT.FUNCTION vendor:device class ID BARS`; `gone` are those of the bare machine
that are not there. PARENT is the id of the bridge, a root bus's number, or empty for bus 0. `warnings` are the words in which
a release that starts says that something is no longer wanted. Every command line runs to the first instruction (`-S`).
"""
import json, os, re, shlex, subprocess, sys

import backends, qemu

MACHINES = {"pc": "pc", "q35": "q35"}
BARE = "-nodefaults -M "
GB = {1 << 30: "G", 1 << 20: "M", 1 << 10: "K"}


def corpus():
    rows = []
    add = rows.append
    # Machines, those of all times.
    versions = ["0.10", "0.15", "1.0", "1.3", "1.4", "1.7", "2.0", "2.3", "2.4", "2.6", "2.9", "2.11", "2.12", "3.0", "3.1", "4.0",
                "4.0.1", "4.1", "4.2", "5.0", "5.1", "5.2", "6.0", "6.1", "6.2", "7.0", "7.1", "7.2", "8.0", "8.1", "8.2",
                "9.0", "9.1", "9.2", "10.0", "10.1", "10.2", "11.0", "11.1"]
    for version in versions:
        add("-nodefaults -M pc-i440fx-" + version)
        add("-nodefaults -M pc-q35-" + version)
    for name in ["pc-1.3", "pc-0.12", "isapc", "xenfv", "q36"]:
        add("-nodefaults -M " + name)
    for name in ["pc-i440fx-2.11", "pc-i440fx-5.2", "pc-q35-2.11", "pc-q35-2.12", "pc-q35-5.2", "pc-q35-7.2", "pc", "q35"]:
        add("-M " + name)
    for kind in MACHINES:
        base = BARE + kind
        for option in ["usb=on", "usb=off", "sata=off", "smbus=off", "hpet=off", "acpi=off", "i8042=off", "pit=off", "vmport=off",
                       "nvdimm=on", "max-ram-below-4g=2G", "max-ram-below-4g=5G", "kernel-irqchip=split", "iommu=on", "cxl=on",
                       "fd-bootchk=off", "default-bus-bypass-iommu=on", "x-south-bridge=piix4-isa", "x-south-bridge=PIIX3",
                       "smm=off", "vmcall=on", "dump-guest-core=off", "hmat=on", "graphics=off", "igd-passthru=on", "pcspk-audiodev=a",
                       "smbios-entry-point-type=64", "accel=tcg", "kvm-shadow-mem=1M", "firmware=bios-256k.bin", "pic=off", "mem-merge=off",
                       "x-oem-id=x", "acpi-root-pci-hotplug=off", "suppress-vmdesc=on", "usb", "nousb", "type=pc"]:
            add("%s,%s" % (base, option))
        for option in ["-usb", "-no-hpet", "-no-acpi", "-usbdevice tablet", "-usb -usbdevice tablet", "-soundhw hda", "-soundhw ac97", "-watchdog i6300esb",
                       "-balloon virtio", "-balloon none", "-no-fd-bootchk", "-enable-fips", "-realtime mlock=off", "-tdf", "-alt-grab",
                       "-no-kvm", "-no-kvm-irqchip", "-chroot /tmp", "-singlestep", "-writeconfig /dev/null", "-win2k-hack", "-device help2",
                       "-audiodev none,id=a", "-audio none", "-audio none,model=hda", "-audio none,model=ac97", "-audio none,model=es1370",
                       "-audio none,model=virtio", "-virtfs local,path=/tmp,mount_tag=x,security_model=none", "-sd null-co://", "-hda null-co://",
                       "-cdrom null-co://", "-fda null-co://", "-drive file=null-co://,if=virtio", "-drive file=null-co://,if=scsi",
                       "-drive file=null-co://,if=ide", "-drive file=null-co://,if=none,id=d", "-drive file=null-co://,if=sd",
                       "-drive file=null-co://,if=virtio,readonly=on", "-drive file=null-co://,if=xen", "-parallel null", "-serial null",
                       "-netdev user,id=n", "-nic none", "-net none", "-net nic", "-net nic -net user", "-net user", "-nic user", "-nic user -nic user",
                       "-nic user,model=virtio", "-nic user,model=virtio-net-pci", "-nic user,model=e1000", "-nic user,model=e1000e",
                       "-nic user,model=igb", "-nic user,model=rtl8139", "-nic user,model=vmxnet3", "-nic user,model=ne2k_pci",
                       "-nic user,model=pcnet", "-nic user,model=i82559er", "-nic user,model=tulip", "-nic user,model=bogus", "-nic user,model=ne2k_isa",
                       "-nic user,model=virtio-net-pci-non-transitional", "-nic user,model=e1000-82545em", "-nic user,model=usb-net",
                       "-nic user,model=rocker", "-net nic,model=virtio", "-net nic,model=i82551", "-net nic,model=virtio,vectors=4", "-net nic,addr=7",
                       "-nic user,model=virtio,addr=7"]:
            add("%s %s" % (base, option))
        for display in ["std", "cirrus", "vmware", "qxl", "virtio", "xenfb", "none", "tcx", "bogus"]:
            add("%s -vga %s" % (base, display))
            add("-M %s -vga %s" % (kind, display))
        for display in ["VGA", "cirrus-vga", "vmware-svga", "qxl-vga", "virtio-vga", "ati-vga", "secondary-vga", "bochs-display", "virtio-gpu-pci", "qxl",
                        "ramfb", "virtio-vga-gl", "isa-vga", "isa-cirrus-vga"]:
            add("-M %s -device %s" % (kind, display))
            add("-M %s -vga std -device %s" % (kind, display))
        for option in ["-device VGA -device VGA", "-device VGA -device qxl-vga", "-device qxl-vga -device VGA", "-device qxl-vga -device qxl",
                       "-device VGA,romfile=", "-device e1000 -nic user", "-nic user -device e1000,addr=2", "-device AC97", "-device ES1370", "-device intel-hda",
                       "-device intel-hda -device hda-duplex", "-audiodev none,id=a -device intel-hda -device hda-duplex,audiodev=a",
                       "-audiodev none,id=a -device AC97", "-audiodev none,id=a -device AC97,audiodev=a", "-audiodev none,id=a -device AC97,audiodev=b",
                       "-audiodev none,id=a -device ES1370,audiodev=a", "-device sb16", "-device adlib", "-device gus", "-device cs4231a",
                       "-audiodev none,id=a -device sb16,audiodev=a", "-device virtio-sound-pci", "-device usb-audio", "-usb -device usb-audio",
                       "-device pvpanic", "-device pvpanic-pci", "-device pvpanic -device pvpanic", "-device vmcoreinfo", "-device vmgenid", "-device ramfb",
                       "-device ramfb -device ramfb", "-device sga", "-device isa-debug-exit", "-device ib700", "-device i6300esb", "-device i6300esb -device i6300esb",
                       "-device amd-iommu", "-device intel-iommu", "-device amd-iommu -device intel-iommu", "-device AMDVI-PCI", "-device virtio-iommu-pci",
                       "-device virtio-iommu-pci -device virtio-iommu-pci", "-device intel-iommu -device virtio-iommu-pci", "-device usb-tablet", "-usb -device usb-tablet",
                       "-device usb-ehci -device usb-tablet", "-device hyperv-testdev", "-device i8042", "-device isa-fdc", "-device floppy", "-device piix3-ide",
                       "-device piix4-ide", "-device piix3-ide-xen", "-device ich9-ahci", "-device ahci", "-device nvme", "-device nvme,serial=x",
                       "-device nvme,drive=d", "-device ufs", "-device ufs,serial=x", "-device virtio-blk-pci", "-device virtio-blk-pci,drive=none",
                       "-drive if=none,id=d,file=null-co:// -device virtio-blk-pci,drive=d", "-drive if=none,id=d,file=null-co:// -device virtio-blk-pci,drive=d,scsi=on",
                       "-drive if=none,id=d,file=null-co:// -device virtio-blk-pci,drive=d,scsi=off",
                       "-drive if=none,id=d,file=null-co:// -device virtio-blk-pci,drive=d,num-queues=200",
                       "-drive if=none,id=d,file=null-co:// -device virtio-blk-pci,drive=d -device virtio-blk-pci,drive=d",
                       "-drive if=none,id=d,file=null-co:// -device nvme,drive=d,serial=x", "-device virtio-scsi-pci,num_queues=200", "-device lsi", "-device lsi53c895a", "-device lsi53c810",
                       "-device megasas", "-device mptsas1068", "-device pvscsi", "-device am53c974", "-device dc390", "-device sdhci-pci", "-device rocker",
                       "-device rocker -device rocker", "-device tpci200", "-device edu", "-device pci-testdev", "-device pci-testdev,membar=256M",
                       "-device pci-testdev,membar=256M,membar-backed=true", "-device iommu-testdev", "-device pvrdma", "-device igb", "-device e1000e", "-device e1000-82540em",
                       "-device i82559c", "-device virtio-net", "-device virtio-net-pci,mq=on,vectors=300", "-device virtio-net-pci,vectors=0", "-device virtio-net-pci,disable-legacy=on",
                       "-device virtio-net-pci,disable-modern=on", "-device virtio-net-pci,disable-modern=on,disable-legacy=on", "-device virtio-net-pci-transitional,disable-modern=on",
                       "-device virtio-net-pci,romfile=", "-device virtio-net-pci,rombar=0", "-device virtio-net-pci,romsize=1048576", "-device virtio-net-pci,romsize=1000", "-device virtio-net-pci,multifunction=on",
                       "-device virtio-net-pci,page-per-vq=on", "-device virtio-net-pci,modern-pio-notify=on", "-device virtio-net-pci,host_mtu=1500", "-device virtio-net-pci,acpi-index=1",
                       "-device virtio-net-pci,acpi-index=1,bus=BUS", "-device virtio-net-pci,addr=1f.7", "-device virtio-net-pci,addr=2.8", "-device virtio-net-pci,addr=20",
                       "-device virtio-net-pci,addr=0", "-device virtio-net-pci,addr=0x1e", "-device virtio-net-pci,addr=-1", "-device virtio-net-pci,addr=5 -device e1000,addr=5",
                       "-device virtio-net-pci,addr=5 -device e1000,addr=5.1", "-device virtio-net-pci,addr=5,multifunction=on -device e1000,addr=5.1",
                       "-device e1000,addr=5.1 -device virtio-net-pci,addr=5", "-device e1000,addr=5.1", "-device e1000,addr=5,addr=6", "-device e1000,bus=nowhere", "-device e1000,id=a -device e1000,id=a",
                       "-device virtio-balloon-pci", "-device virtio-balloon-pci -device virtio-balloon-pci", "-device virtio-balloon", "-device virtio-balloon,deflate-on-oom=on", "-device virtio-rng-pci", "-device virtio-rng-pci,max-bytes=1024,period=1000",
                       "-device virtio-rng-pci -device virtio-rng-pci", "-device virtio-serial", "-device virtio-serial-pci,max_ports=31", "-device virtio-serial-pci,max_ports=300", "-device virtio-keyboard-pci", "-device virtio-tablet", "-device virtio-multitouch-pci",
                       "-device virtio-gpu-pci,hostmem=256M", "-device virtio-gpu-pci,hostmem=100M", "-device virtio-vga,hostmem=256M", "-device virtio-gpu-pci,blob=on", "-device virtio-gpu-gl-pci", "-device virtio-gpu-pci,virgl=on", "-device virtio-vga,virgl=on", "-device virtio-gpu-pci,max_outputs=17",
                       "-device virtio-crypto-pci", "-device vhost-vsock-pci,guest-cid=3", "-device vhost-vsock-pci", "-device virtio-9p-pci", "-device ivshmem", "-device ivshmem,size=4", "-device ivshmem-plain", "-device ivshmem-plain,memdev=m",
                       "-object memory-backend-ram,id=m,size=1M -device ivshmem-plain,memdev=m", "-object memory-backend-ram,id=m,size=1M,share=on -device ivshmem-plain,memdev=m -device ivshmem-plain,memdev=m",
                       "-object memory-backend-ram,id=m,size=3M -device ivshmem-plain,memdev=m", "-object memory-backend-file,id=m,size=2M,mem-path=/dev/shm/x,share=on -device ivshmem-plain,memdev=m",
                       "-device vmxnet3", "-device xen-platform", "-device vfio-pci", "-device vfio-pci,host=00:02.0", "-device vfio-user-pci", "-device qemu-xhci", "-device qemu-xhci,p2=16,p3=16", "-device qemu-xhci,p2=8,p3=16", "-device nec-usb-xhci,intrs=4", "-device qemu-xhci,intrs=32", "-device nec-usb-xhci,msix=off",
                       "-device usb-xhci", "-device ich9-usb-ehci1", "-device ich9-usb-uhci1", "-device piix3-usb-uhci", "-device ich9-usb-uhci7", "-device pci-ohci", "-device usb-storage", "-device vmware-svga,vgamem_mb=32", "-device VGA,vgamem_mb=64", "-device VGA,vgamem_mb=600", "-device VGA,vgamem_mb=1024", "-device VGA,xres=1920,yres=1080", "-device VGA,edid=on", "-device VGA,big-endian-framebuffer=on", "-device VGA,qemu-extended-regs=off",
                       "-device cirrus-vga,vgamem_mb=8", "-device ati-vga,model=rv100", "-device ati-vga,vgamem_mb=64", "-device ati-vga,vgamem_mb=128", "-device ati-vga,x-vgamem=1", "-device ati-vga,linear-aper-sz=128M", "-device bochs-display,vgamem=32M", "-device bochs-display,xres=100", "-device qxl-vga,vgamem_mb=32,ram_size_mb=128", "-device qxl-vga,vgamem=33554432", "-device qxl,revision=3", "-device qxl,revision=6", "-device secondary-vga,vgamem_mb=64",
                       "-device nvme,serial=x,cmb_size_mb=64", "-device nvme,serial=x,cmb_size_mb=65", "-device nvme,serial=x,msix_qsize=4", "-device nvme,serial=x,max_ioqpairs=128", "-device nvme,serial=x,num_queues=65", "-device nvme,serial=x,use-intel-id=on", "-device nvme,serial=x,msix-exclusive-bar=on", "-device nvme,serial=x,sriov_max_vfs=2", "-device nvme,serial=x,ctratt.mem=on",
                       "-device virtio-net-pci,x-disable-pcie=on", "-device virtio-net-pci,ats=on", "-device virtio-net-pci,x-pcie-pm-no-soft-reset=on", "-device virtio-net-pci,x-pcie-ext-tag=off", "-device virtio-net-pci,sriov-pf=x", "-device e1000,x-max-bounce-buffer-size=4096", "-device e1000,busnr=1", "-device e1000,extra_mac_registers=off", "-device e1000,init-vet=on", "-device e1000,autonegotiation=off", "-device e1000,mitigation=off", "-device vmxnet3,x-old-msi-offsets=on", "-device pvscsi,x-old-pci-configuration=on",
                       "-device virtio-mem-pci", "-device virtio-pmem-pci", "-object memory-backend-ram,id=m,size=64M -device virtio-mem-pci,memdev=m", "-m 256M,slots=2,maxmem=1G -object memory-backend-ram,id=m,size=64M -device virtio-mem-pci,memdev=m",
                       "-m 256M,slots=2,maxmem=1G -object memory-backend-ram,id=m,size=128M -device pc-dimm,memdev=m", "-object memory-backend-ram,id=m,size=128M -device pc-dimm,memdev=m", "-object memory-backend-ram,id=m,size=128M -device nvdimm,memdev=m",
                       "-device virtio-rtc-pci", "-device cxl-type3", "-device pxb-cxl,bus_nr=16", "-device pci-ipmi-kcs", "-device ipmi-bmc-sim,id=b -device pci-ipmi-kcs,bmc=b", "-device isa-ipmi-kcs", "-device tpm-tis", "-device tpm-crb", "-device mioe3680_pci", "-device kvaser_pci", "-device ctucan_pci", "-device x-pci-proxy-dev", "-device vhost-user-blk-pci", "-device vhost-user-fs-pci", "-device vhost-scsi-pci", "-device virtio-input-host-pci", "-device bogus-device", "-device virtio-net-pcie",
                       "-device pci-serial", "-chardev null,id=c -device pci-serial,chardev=c", "-device pci-serial-2x", "-device virtconsole", "-device virtio-serial -chardev null,id=c -device virtconsole,chardev=c", "-device virtio-serial-pci,id=s -chardev null,id=c -device virtserialport,chardev=c,bus=s.0",
                       "-smp 8 -drive if=none,id=d,file=null-co:// -device virtio-blk-pci,drive=d", "-smp 200 -drive if=none,id=d,file=null-co:// -device virtio-blk-pci,drive=d", "-smp 200 -device virtio-scsi-pci", "-smp 300", "-smp 250", "-smp 1100", "-smp 5000",
                       "-cpu host", "-cpu max", "-cpu bogus", "-cpu qemu64,phys-bits=39", "-cpu qemu64,phys-bits=53", "-cpu qemu64,phys-bits=20", "-cpu qemu64,host-phys-bits=on", "-cpu qemu64,guest-phys-bits=39", "-cpu qemu64,phys-bits=36,guest-phys-bits=39", "-cpu qemu32,phys-bits=39", "-cpu qemu64,phys-bits=40 -m 256M,slots=2,maxmem=2T", "-m 256M,slots=2,maxmem=2T", "-m 256M,slots=0,maxmem=1G", "-m 256M,slots=2", "-m 512M,slots=2,maxmem=256M", "-m 1M", "-m 0",
                       "-global q35-pcihost.pci-hole64-size=64G", "-global i440FX-pcihost.pci-hole64-size=64G", "-global ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off", "-global PIIX4_PM.acpi-pci-hotplug-with-bridge-support=off", "-global PIIX4_PM.acpi-root-pci-hotplug=off", "-global ICH9-LPC.disable_s3=1", "-global mch.extended-tseg-mbytes=48", "-global VGA.vgamem_mb=64 -device VGA", "-global bogus.x=1", "-global e1000.bogus=1 -device e1000", "-global virtio-net-pci.vectors=0 -device virtio-net-pci", "-global virtio-pci.disable-modern=on -device virtio-net-pci", "-global pcie-root-port.pref64-reserve=1G", "-global driver=VGA,property=vgamem_mb,value=64 -device VGA"]:
            add("%s %s" % (base, option.replace("BUS", "pci.0" if kind == "pc" else "pcie.0")))
    # Bridges, each at each place.
    bridges = ["pcie-root-port", "ioh3420", "pci-bridge,chassis_nr=7", "pcie-pci-bridge", "i82801b11-bridge", "x3130-upstream", "xio3130-downstream,chassis=7",
               "pxb,bus_nr=32", "pxb-pcie,bus_nr=32", "pxb-cxl,bus_nr=32", "cxl-rp,chassis=7", "cxl-upstream", "cxl-downstream,chassis=7"]
    ends = ["e1000", "e1000e", "virtio-net-pci", "qemu-xhci", "igb", "VGA", "virtio-balloon-pci"]
    places = {"pc": {"root": "", "bridge": "-device pci-bridge,id=up,chassis_nr=1", "noshpc": "-device pci-bridge,id=up,chassis_nr=1,shpc=off", "pxb": "-device pxb,id=up,bus_nr=16"},
              "q35": {"root": "", "port": "-device pcie-root-port,id=up,chassis=1", "ioh": "-device ioh3420,id=up,chassis=1", "noplug": "-device pcie-root-port,id=up,chassis=1,hotplug=off",
                      "bridge": "-device pci-bridge,id=up,chassis_nr=1", "pcie-pci": "-device pcie-root-port,id=rp,chassis=1 -device pcie-pci-bridge,id=up,bus=rp",
                      "dmi": "-device i82801b11-bridge,id=up", "up": "-device pcie-root-port,id=rp,chassis=1 -device x3130-upstream,id=up,bus=rp",
                      "down": "-device pcie-root-port,id=rp,chassis=1 -device x3130-upstream,id=us,bus=rp -device xio3130-downstream,id=up,bus=us,chassis=2",
                      "pxb-pcie": "-device pxb-pcie,id=up,bus_nr=16", "pxb": "-device pxb,id=up,bus_nr=16"}}
    for kind, parents in places.items():
        for parent in parents.values():
            for child in bridges + ends:
                for slot in ([""] if not parent else ["", ",addr=0", ",addr=1", ",addr=0.1"]):
                    if slot in (",addr=0.1", ",addr=1") and child not in ("e1000", "virtio-net-pci", "pcie-root-port", "pci-bridge,chassis_nr=7", "xio3130-downstream,chassis=7"):
                        continue
                    add(" ".join(filter(None, [BARE + kind, parent, "-device %s,id=it%s%s" % (child, ",bus=up" if parent else "", slot)])))
    for option in ["-device pcie-root-port,id=a -device pcie-root-port,id=b", "-device pcie-root-port,id=a,chassis=1 -device pcie-root-port,id=b,chassis=1", "-device pcie-root-port,id=a,chassis=1,slot=1 -device pcie-root-port,id=b,chassis=1,slot=2",
                   "-device pcie-root-port,id=a,bus-reserve=2", "-device pcie-root-port,id=a,pref32-reserve=1M,pref64-reserve=1M", "-device pcie-root-port,id=a,mem-reserve=2G", "-device pcie-root-port,id=a,mem-reserve=5G", "-device pcie-root-port,id=a,io-reserve=4K,mem-reserve=32M,pref64-reserve=32G",
                   "-device pcie-root-port,id=a,x-speed=16,x-width=32", "-device pcie-root-port,id=a,x-speed=64", "-device pcie-root-port,id=a,hotplug=off", "-device pcie-root-port,id=a,native-hotplug=off", "-device pcie-root-port,id=a,x-native-hotplug=off", "-device pcie-root-port,id=a,power_controller_present=off",
                   "-device pcie-root-port,id=a,x-flit-mode=on", "-device pcie-root-port,id=a,disable-acs=on", "-device pcie-root-port,id=a,rombar=0", "-device pcie-root-port,id=a,multifunction=on,addr=3 -device pcie-root-port,id=b,addr=3.1,chassis=2", "-device pcie-root-port,id=a,addr=3 -device pcie-root-port,id=b,addr=3.1,chassis=2",
                   "-device ioh3420,id=a,bus-reserve=1", "-device pci-bridge,id=a", "-device pci-bridge,id=a,chassis_nr=0", "-device pci-bridge,id=a,chassis_nr=1 -device pci-bridge,id=b,chassis_nr=1", "-device pci-bridge,id=a,chassis_nr=1,shpc=off,msi=off", "-device pci-bridge,id=a,chassis_nr=1,bus-reserve=3,io-reserve=4K",
                   "-device pxb-pcie,id=a", "-device pxb-pcie,id=a,bus_nr=0", "-device pxb-pcie,id=a,bus_nr=256", "-device pxb-pcie,id=a,bus_nr=16 -device pxb-pcie,id=b,bus_nr=16", "-device pxb-pcie,id=a,bus_nr=16 -device pxb-pcie,id=b,bus_nr=15", "-device pxb-pcie,bus_nr=16", "-device pxb-pcie,id=a,bus_nr=16,numa_node=1",
                   "-device pcie-pci-bridge,id=a -device e1000,bus=a,addr=0", "-device pcie-pci-bridge,id=a,shpc=off -device e1000,bus=a", "-device pcie-pci-bridge,id=a,addr=1e.0"]:
        add(BARE + "q35 " + option)
    seen = set()
    return [row for row in rows if not (row in seen or seen.add(row))]


def size(number):
    for unit, letter in GB.items():
        if number % unit == 0:
            return "%d%s" % (number // unit, letter)
    return str(number)


def text(row, parent):
    bars = []
    for bar in qemu.bars(row):
        if bar["index"] == "rom":
            bars.append("rom:" + size(bar["size"]))
            continue
        kind = "io" if bar["space"] == "io" else "mem%d%s" % (64 if bar["is64Bit"] else 32, "p" if bar["prefetchable"] else "")
        bars.append("%d:%s:%s" % (bar["index"], kind, size(bar["size"])))
    return "%s:%02x.%d %04x:%04x %04x %s %s" % (
        parent, row["slot"], row["function"], row["id"]["vendor"], row["id"]["device"], row["class_info"]["class"], row["qdev_id"] or "-",
        " ".join(bars) or "-")


def number(guest):
    """A number for every bus, so that `query-pci` shows what is on it."""
    last, seen = max((root["bus"] for root in guest("query-pci")), default=0), set()
    while True:
        silent = [row for row in guest.functions() if row.get("pci_bridge", {}).get("bus", {}).get("secondary") == 0]
        silent = [row for row in silent if (row["bus"], row["slot"], row["function"]) not in seen]
        if not silent:
            return
        for row in silent:
            last += 1
            # Where a port does not let it through, the number stays 0.
            seen.add((row["bus"], row["slot"], row["function"]))
            guest.bridge(row["bus"], row["slot"] << 3 | row["function"], last, 0xff)


def tree(guest):
    number(guest)
    found = []

    def visit(rows, parent):
        for row in sorted(rows, key=lambda r: (r["slot"], r["function"])):
            found.append(text(row, parent))
            visit(row.get("pci_bridge", {}).get("devices", []), row["qdev_id"] or "?")

    for root in guest("query-pci"):
        visit(root["devices"], "" if root["bus"] == 0 else "%d" % root["bus"])
    return found


def clean(line):
    return re.sub(r"^\S*qemu-system-x86_64: (-\w+ [^:]*: )?", "", line)


def complaint(text):
    lines = [line for line in text.splitlines() if "warning:" not in line and not re.match("WARNING:|  ", line)]
    return "\n".join(map(clean, lines)) or "no message"


class Watched(qemu.Guest):
    """A guest whose machine and memory are the command line's own."""
    words = staticmethod(complaint)

    def __init__(self, arguments):
        command = [qemu.PROGRAM, "-accel", "tcg", "-display", "none", "-no-user-config", "-S", "-qmp", "stdio"] + arguments
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        text=True, preexec_fn=qemu.enter if qemu.STACK else None)
        self.process.stdout.readline()
        self("qmp_capabilities")


def ask(arguments, bare):
    """The verdict on one command line."""
    try:
        guest = Watched(shlex.split(arguments))
        functions = tree(guest)
        guest.process.kill()
        said = guest.process.communicate()[1]
    except RuntimeError as problem:
        return {"refused": str(problem)}
    except (json.JSONDecodeError, subprocess.TimeoutExpired):
        return {"refused": "no answer"}
    machine = re.search(r"-M (\S+)", arguments).group(1)
    kind = "q35" if "q35" in machine else "pc"
    verdict = {"functions": [f for f in functions if f not in bare[kind]]}
    gone = [f for f in bare[kind] if f not in functions]
    warnings = [clean(line) for line in said.splitlines() if "warning:" in line and "CPUID" not in line and "TCG" not in line]
    if gone:
        verdict["gone"] = gone
    if warnings:
        verdict["warnings"] = warnings
    return verdict


def main(arguments):
    out, roots = arguments[0], [a.split("=", 1) for a in arguments[1:]]
    verdicts = {}
    lines = corpus()
    for release, root in roots:
        qemu.STACK = "" if root == "/" else os.path.realpath(root)
        bare = {}
        for kind in MACHINES:
            guest = Watched(["-nodefaults", "-M", kind])
            bare[kind] = tree(guest)
            guest.end()
        for number, line in enumerate(lines):
            verdicts.setdefault(line, []).append((release, ask(line, bare)))
            if number % 100 == 0:
                print(release, number, len(lines), file=sys.stderr, flush=True)
    rows = []
    for line in lines:
        grouped = []
        for release, verdict in verdicts[line]:
            if grouped and grouped[-1][1] == verdict:
                grouped[-1][0].append(release)
            else:
                grouped.append(([release], verdict))
        rows.append({"arguments": line, "verdicts": [{"releases": r} | v for r, v in grouped]})
    qemu.write(out, rows)


if __name__ == "__main__":
    main(sys.argv[1:])
