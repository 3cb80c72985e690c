qemu-system-x86_64 -accel kvm -M pc -cpu host -m 4G \
    -nodefaults -vga none -display none \
    -device vfio-pci,host=00:02.0,addr=02.0,romfile=vbios.rom \
    -drive file=disk.qcow2,if=virtio \
    -netdev user,id=n -device virtio-net-pci,netdev=n
