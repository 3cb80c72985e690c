#ifndef BERTH_MEMFD_SHIM_H
#define BERTH_MEMFD_SHIM_H

// What glibc declares for _GNU_SOURCE only, which Swift's module of it is built without. Values: linux/memfd.h, linux/fcntl.h.

int memfd_create(const char *name, unsigned int flags);

enum {
    berth_memfd_close_on_exec = 0x1,
    berth_memfd_allow_sealing = 0x2,
    berth_fcntl_add_seals = 1033,
    berth_fcntl_get_seals = 1034,
    berth_seal_seal = 0x1,
    berth_seal_shrink = 0x2,
    berth_seal_grow = 0x4
};

#endif
