"""What stands behind device models that need somebody: arguments, processes behind sockets, a kernel that says yes."""
import array, os, re, socket, struct, subprocess, tempfile, threading

import qemu

# What a model needs beside its name: arguments in front, properties behind. `|` separates what different releases take.
BACK_ENDS = {
    "acpi-erst": (["-object", "memory-backend-ram,id=m,size=64K,share=on"], "memdev=m"),
    "ivshmem-plain": (["-object", "memory-backend-ram,id=m,size=1M,share=on"], "memdev=m"),
    "pci-ipmi-bt": (["-device", "ipmi-bmc-sim,id=bmc"], "bmc=bmc"),
    "pci-ipmi-kcs": (["-device", "ipmi-bmc-sim,id=bmc"], "bmc=bmc"),
    "pci-serial": (["-chardev", "null,id=c"], "chardev=c"),
    "pci-serial-2x": (["-chardev", "null,id=c1", "-chardev", "null,id=c2"], "chardev1=c1,chardev2=c2"),
    "pci-serial-4x": (sum((["-chardev", "null,id=c%d" % n] for n in (1, 2, 3, 4)), []),
                      ",".join("chardev%d=c%d" % (n, n) for n in (1, 2, 3, 4))),
    "nvme": ([], "serial=x"),
    "pci-bridge": ([], "chassis_nr=1"),
    "pci-bridge-seat": ([], "chassis_nr=1"),
    "pxb-pcie": ([], "bus_nr=16"),
    "pxb-cxl": ([], "bus_nr=16"),
    "pxb": ([], "bus_nr=16"),
    "vfio-pci-igd-lpc-bridge": ([], "addr=1f.0"),
    "ufs": ([], "serial=x"),
    "cxl-switch-mailbox-cci": ([], "target=up"),
    "AC97": (["-audiodev", "none,id=a"], "audiodev=a"),
    "ES1370": (["-audiodev", "none,id=a"], "audiodev=a"),
    "virtio-sound-pci": (["-audiodev", "none,id=a"], "audiodev=a"),
    "virtio-crypto-pci": (["-object", "cryptodev-backend-builtin,id=k"], "cryptodev=k"),
    "cxl-type3": (["-object", "memory-backend-ram,id=m,size=256M,share=on",
                   "-object", "memory-backend-ram,id=l,size=256M,share=on"], "volatile-memdev=m|memdev=m,lsa=l"),
    "virtio-pmem-pci": (["-object", "memory-backend-ram,id=m,size=64M,share=on"], "memdev=m"),
    "virtio-mem-pci": (["-object", "memory-backend-ram,id=m,size=64M"], "memdev=m"),
    "ctucan_pci": (["-object", "can-bus,id=b"], "canbus0=b,canbus1=b"),
    "kvaser_pci": (["-object", "can-bus,id=b"], "canbus=b"),
    "mioe3680_pci": (["-object", "can-bus,id=b"], "canbus0=b,canbus1=b"),
    "pcm3680_pci": (["-object", "can-bus,id=b"], "canbus0=b,canbus1=b"),
    "virtio-input-host-pci": ([], "evdev=/dev/null"),
}
for kind in ("", "-transitional", "-non-transitional"):
    BACK_ENDS["virtio-9p-pci" + kind] = (["-fsdev", "local,id=f,path=/tmp,security_model=none"], "fsdev=f,mount_tag=x")
    BACK_ENDS["virtio-blk-pci" + kind] = (["-drive", "if=none,id=d,file=null-co://,format=raw"], "drive=d")
    BACK_ENDS["vhost-vsock-pci" + kind] = ([], "guest-cid=3,vhostfd=FD")
    BACK_ENDS["vhost-scsi-pci" + kind] = ([], "wwpn=naa.5001405e8a2b0001,vhostfd=FD")
    BACK_ENDS["vhost-vdpa-device-pci" + kind] = ([], "vhostdev=/dev/null")
# Models of vhost-user: a back end of ours answers them.
VHOST_USER = re.compile(r"vhost-user-")
# What the kernel is to say yes to: vhost and input devices, which are all /dev/null here.
KERNEL = re.compile(r"vhost-(vsock|scsi|vdpa)|virtio-input-host")

SHIM = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
int ioctl(int fd, unsigned long request, ...) {
    va_list list;
    va_start(list, request);
    void *argument = va_arg(list, void *);
    va_end(list);
    unsigned kind = request >> 8 & 0xff, number = request & 0xff, size = request >> 16 & 0x3fff;
    if (kind == 0xaf) {                       /* vhost: features of version 1, one block device, two queues */
        if (number == 0x00) *(uint64_t *)argument = 1ull << 32;
        else if (number == 0x70) *(uint32_t *)argument = 2;
        else if (number == 0x76) *(uint16_t *)argument = 128;
        else if (number == 0x78) memcpy(argument, (uint64_t[]){0, ~0ull >> 1}, 16);
        else if (number == 0x79) *(uint32_t *)argument = 60;
        else if (number == 0x80) *(uint32_t *)argument = 1;
        else if (number == 0x26) *(uint64_t *)argument = 0;
        return 0;
    }
    if (kind == 'E') {                        /* evdev */
        if (request >> 30 & 2) memset(argument, 0, size);
        if (number == 0x01) *(int *)argument = 0x010001;
        return number >= 0x20 && number < 0x40 ? (int)size : 0;
    }
    return ((int (*)(int, unsigned long, void *))dlsym(RTLD_NEXT, "ioctl"))(fd, request, argument);
}
"""


def shim():
    """The library that says yes, as QEMU is to find it under its root."""
    folder = tempfile.mkdtemp(dir=qemu.STACK + "/tmp")
    with open(folder + "/yes.c", "w") as f:
        f.write(SHIM)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", folder + "/yes.so", folder + "/yes.c", "-ldl"], check=True)
    return folder.removeprefix(qemu.STACK) + "/yes.so"


def listen():
    folder = tempfile.mkdtemp(dir=qemu.STACK + "/tmp")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(folder + "/s")
    listener.listen(4)
    return listener, folder.removeprefix(qemu.STACK) + "/s"


class VhostUser(threading.Thread):
    """A back end that has every feature, queue and configuration that it is asked for, and does nothing."""

    def __init__(self):
        super().__init__(daemon=True)
        self.listener, self.path = listen()
        self.start()

    def run(self):
        while True:
            self.serve(self.listener.accept()[0])

    def serve(self, connection):
        while True:
            header = connection.recv(12, socket.MSG_WAITALL)
            if len(header) < 12:
                return
            request, flags, size = struct.unpack("<III", header)
            payload = connection.recv(size, socket.MSG_WAITALL) if size else b""
            answer = {1: struct.pack("<Q", 1 << 30 | 1 << 32),       # GET_FEATURES: protocol features, version 1
                      15: struct.pack("<Q", 1 << 0 | 1 << 3 | 1 << 9),  # GET_PROTOCOL_FEATURES: MQ, REPLY_ACK, CONFIG
                      17: struct.pack("<Q", 16),                     # GET_QUEUE_NUM
                      24: payload,                                   # GET_CONFIG: zeros
                      36: struct.pack("<Q", 8)}.get(request)         # GET_MAX_MEM_SLOTS
            if answer is None and flags & 8:
                answer = struct.pack("<Q", 0)
            if answer is not None:
                connection.sendall(struct.pack("<III", request, 5, len(answer)) + answer)


class SharedMemory(threading.Thread):
    """A server of ivshmem-doorbell: version 0, peer 0, 4 MiB as contrib/ivshmem-server has by default."""

    def __init__(self):
        super().__init__(daemon=True)
        self.listener, self.path = listen()
        self.start()

    def run(self):
        connection = self.listener.accept()[0]
        memory = os.memfd_create("ivshmem")
        os.ftruncate(memory, 4 << 20)
        connection.sendall(struct.pack("<q", 0) + struct.pack("<q", 0))
        connection.sendmsg([struct.pack("<q", -1)], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [memory]))])
        connection.recv(1)


def prepare(model, number=None):
    """Arguments in front of a model's `-device`, and properties behind its name; ids end with the number."""
    before, properties = BACK_ENDS.get(model, ([], ""))
    if VHOST_USER.match(model):
        before = ["-chardev", "socket,id=c,path=" + VhostUser().path]
        properties = "chardev=c" + (",tag=x" if "-fs-" in model else "")
        if "test-device" in model:
            properties += ",virtio-id=2,num_vqs=1,config_size=60"
    elif model == "ivshmem-doorbell":
        before, properties = ["-chardev", "socket,id=c,path=" + SharedMemory().path], "chardev=c"
    if number is None:
        return before, properties
    for name in sorted(set(re.findall(r"\bid=(\w+)", ",".join(before))), key=len, reverse=True):
        other = r"=%s\b" % name
        before = [re.sub(other, "=%s_%d" % (name, number), part) for part in before]
        properties = re.sub(other, "=%s_%d" % (name, number), properties)
    return before, properties
