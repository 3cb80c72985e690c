/// Pieces of good domain XML, one a line, that reach what the drawn domains do not: storage, processors, memory, tuning,
/// character devices, displays, sound, TPM, and the rest of what libvirt validates. Libvirt 9.0 with QEMU 7.2 takes each
/// of them alone, without KVM and without privileges.
enum DomainPieces {
    /// Below `<domain>`; of one name only one is drawn.
    static let heads = lines(
        """
        <vcpu placement='static' cpuset='0-3' current='2'>4</vcpu>
        <vcpu current='1'>4</vcpu><vcpus><vcpu id='0' enabled='yes' hotpluggable='no' order='1'/><vcpu id='1' enabled='no' hotpluggable='yes'/><vcpu id='2' enabled='no' hotpluggable='yes'/><vcpu id='3' enabled='no' hotpluggable='yes'/></vcpus>
        <vcpu>8</vcpu><cpu><topology sockets='2' dies='1' cores='2' threads='2'/></cpu>
        <vcpu>4</vcpu><cpu mode='custom' match='exact' check='none'><model fallback='allow'>qemu64</model><topology sockets='4' dies='1' cores='1' threads='1'/><feature policy='disable' name='svm'/></cpu>
        <vcpu>4</vcpu><cpu mode='maximum' migratable='on'><cache level='3' mode='emulate'/><maxphysaddr mode='emulate' bits='40'/></cpu>
        <vcpu>4</vcpu><cpu mode='custom' match='exact'><model fallback='forbid'>Nehalem</model><vendor>Intel</vendor><feature policy='force' name='vmx'/><feature policy='require' name='pcid'/></cpu>
        <vcpu>4</vcpu><cpu><numa><cell id='0' cpus='0-1' memory='512' unit='MiB' memAccess='shared' discard='no'><distances><sibling id='0' value='10'/><sibling id='1' value='21'/></distances></cell><cell id='1' cpus='2-3' memory='512' unit='MiB'><distances><sibling id='0' value='21'/><sibling id='1' value='10'/></distances></cell></numa></cpu>
        <vcpu>2</vcpu><cpu><numa><cell id='0' cpus='0-1' memory='1048576'><cache level='1' associativity='direct' policy='writeback'><size value='10' unit='KiB'/><line value='8' unit='B'/></cache></cell><interconnects><latency initiator='0' target='0' type='access' value='5'/><latency initiator='0' target='0' cache='1' type='read' value='6'/><bandwidth initiator='0' target='0' type='access' value='204800' unit='KiB'/></interconnects></numa></cpu>
        <vcpu>2</vcpu><maxMemory slots='8' unit='GiB'>16</maxMemory><cpu><numa><cell id='0' cpus='0-1' memory='1' unit='GiB'/></numa></cpu>
        <iothreads>2</iothreads>
        <iothreads>3</iothreads><iothreadids><iothread id='1' thread_pool_min='2' thread_pool_max='8'/><iothread id='4'/><iothread id='7' thread_pool_max='16'/></iothreadids><defaultiothread thread_pool_min='1' thread_pool_max='4'/>
        <memoryBacking><nosharepages/><locked/><source type='memfd'/><access mode='shared'/><allocation mode='immediate' threads='2'/></memoryBacking>
        <memoryBacking><source type='anonymous'/><access mode='private'/><allocation mode='ondemand'/><discard/></memoryBacking>
        <numatune><memory mode='strict' nodeset='0'/></numatune>
        <numatune><memory mode='preferred' nodeset='0' placement='static'/></numatune>
        <features><acpi/><apic eoi='on'/><pae/><hap state='on'/><pvspinlock state='on'/><pmu state='on'/><vmport state='off'/><vmcoreinfo state='on'/><smm state='on'/></features>
        <features><acpi/><kvm><hidden state='on'/><hint-dedicated state='on'/><poll-control state='on'/><pv-ipi state='off'/><dirty-ring state='on' size='4096'/></kvm></features>
        <features><acpi/><hyperv mode='custom'><relaxed state='on'/><vapic state='on'/><spinlocks state='on' retries='8191'/><vpindex state='on'/><runtime state='on'/><synic state='on'/><stimer state='on'><direct state='on'/></stimer><reset state='on'/><vendor_id state='on' value='KVM Hv'/><frequencies state='on'/><reenlightenment state='on'/><tlbflush state='on'/><ipi state='on'/><evmcs state='off'/></hyperv></features>
        <features><acpi/><tcg><tb-cache unit='MiB'>128</tb-cache></tcg><ioapic driver='qemu'/><msrs unknown='ignore'/></features>
        <clock offset='utc'><timer name='rtc' tickpolicy='catchup' track='guest'><catchup threshold='123' slew='120' limit='10000'/></timer><timer name='pit' tickpolicy='delay'/><timer name='hpet' present='no'/></clock>
        <clock offset='variable' adjustment='7200' basis='utc'><timer name='kvmclock' present='yes'/><timer name='hypervclock' present='yes'/></clock>
        <clock offset='timezone' timezone='Europe/Paris'><timer name='tsc' frequency='2500000000' mode='native'/></clock>
        <clock offset='localtime'><timer name='rtc' track='wall' tickpolicy='delay'/></clock>
        <clock offset='absolute' start='1000000000'/>
        <on_poweroff>destroy</on_poweroff><on_reboot>restart</on_reboot><on_crash>preserve</on_crash>
        <on_poweroff>restart</on_poweroff><on_reboot>restart</on_reboot><on_crash>coredump-destroy</on_crash>
        <pm><suspend-to-mem enabled='yes'/><suspend-to-disk enabled='no'/></pm>
        <sysinfo type='smbios'><bios><entry name='vendor'>LENOVO</entry><entry name='date'>03/04/2011</entry></bios><system><entry name='manufacturer'>Fedora</entry></system><baseBoard><entry name='manufacturer'>LENOVO</entry></baseBoard><oemStrings><entry>myappname:some arbitrary data</entry></oemStrings></sysinfo>
        <sysinfo type='fwcfg'><entry name='opt/com.example/name'>example value</entry><entry name='opt/com.coreos/config' file='/tmp/provision.ign'/></sysinfo>
        <seclabel type='none' model='dac'/>
        <seclabel type='dynamic' model='dac' relabel='yes'><baselabel>+0:+0</baselabel></seclabel>
        <title>A domain</title><description>what it is for</description><genid>e9392370-2917-565e-692b-d057f46512d6</genid>
        <perf><event name='cmt' enabled='no'/><event name='mbml' enabled='no'/></perf>
        <resource><partition>/machine</partition><fibrechannel appid='app'/></resource>
        """)

    /// Below `<os>`, after the type.
    static let firmware = lines(
        """
        <boot dev='hd'/><bootmenu enable='yes' timeout='3000'/>
        <boot dev='network'/><bios useserial='no' rebootTimeout='1000'/>
        <loader readonly='yes' secure='no' type='pflash'>/usr/share/OVMF/OVMF_CODE_4M.fd</loader><nvram template='/usr/share/OVMF/OVMF_VARS_4M.fd'>/tmp/nvram.fd</nvram>
        <loader type='rom'>/usr/share/seabios/bios.bin</loader>
        <kernel>/tmp/vmlinuz</kernel><initrd>/tmp/initrd</initrd><cmdline>quiet</cmdline>
        <smbios mode='emulate'/>
        <acpi><table type='slic'>/tmp/slic.dat</table></acpi>
        """)

    /// Below `<devices>`; `N` is the number of the device.
    static let devices = lines(
        """
        <disk type='file' device='disk'><driver name='qemu' type='qcow2' cache='none' io='native' discard='unmap' detect_zeroes='unmap'/><source file='/tmp/N.qcow2'/><target dev='vdN' bus='virtio'/><serial>WD-WMAP9A966149</serial></disk>
        <disk type='file' device='disk'><driver name='qemu' type='raw' cache='writeback' io='threads' error_policy='stop' rerror_policy='report' ioeventfd='on' event_idx='off' queues='2' queue_size='256' copy_on_read='off'/><source file='/tmp/N.img'/><target dev='vdN' bus='virtio'/></disk>
        <disk type='file' device='disk'><driver name='qemu' type='raw' iothread='1'/><source file='/tmp/N.img'/><target dev='vdN' bus='virtio'/><blockio logical_block_size='512' physical_block_size='512'/><geometry cyls='16383' heads='16' secs='63'/></disk>
        <disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='/tmp/N.img'/><target dev='sdN' bus='scsi' rotation_rate='7200'/><wwn>5000c50015ea71ad</wwn><vendor>SEAGATE</vendor><product>ST3567807GD</product></disk>
        <disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='/tmp/N.img'/><target dev='vdN' bus='virtio'/><iotune><total_bytes_sec>5000</total_bytes_sec><total_iops_sec>6000</total_iops_sec></iotune></disk>
        <disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='/tmp/N.img'/><target dev='vdN' bus='virtio'/><iotune><read_bytes_sec>5000</read_bytes_sec><write_iops_sec>5500</write_iops_sec><group_name>g</group_name><read_bytes_sec_max>6000</read_bytes_sec_max><read_bytes_sec_max_length>3</read_bytes_sec_max_length></iotune></disk>
        <disk type='file' device='cdrom'><driver name='qemu' type='raw'/><source file='/tmp/N.iso' startupPolicy='optional'/><target dev='sdN' bus='sata' tray='closed'/><readonly/></disk>
        <disk type='file' device='floppy'><driver name='qemu' type='raw'/><source file='/tmp/N.img'/><target dev='fda' bus='fdc'/></disk>
        <disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='/tmp/N.img'/><target dev='sdN' bus='usb' removable='on'/></disk>
        <disk type='block' device='lun' rawio='no'><driver name='qemu' type='raw'/><source dev='/dev/sdN'/><target dev='sdN' bus='scsi'/></disk>
        <disk type='block' device='disk'><driver name='qemu' type='raw'/><source dev='/dev/sdN'/><target dev='vdN' bus='virtio'/><shareable/></disk>
        <disk type='network' device='disk'><driver name='qemu' type='raw'/><source protocol='nbd' name='x'><host name='example.org' port='6000'/></source><target dev='vdN' bus='virtio'/></disk>
        <disk type='network' device='disk'><driver name='qemu' type='raw'/><source protocol='rbd' name='pool/image'><host name='mon1.example.org' port='6321'/><snapshot name='asdf'/><config file='/tmp/ceph.conf'/></source><target dev='vdN' bus='virtio'/></disk>
        <disk type='network' device='disk'><driver name='qemu' type='raw'/><source protocol='https' name='a/b.img' query='c=d'><host name='example.org' port='443'/><ssl verify='no'/><readahead size='1024'/><timeout seconds='10'/></source><target dev='vdN' bus='virtio'/></disk>
        <disk type='nvme' device='disk'><driver name='qemu' type='raw'/><source type='pci' managed='yes' namespace='1'><address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/></source><target dev='vdN' bus='virtio'/></disk>
        <disk type='dir' device='disk'><driver name='qemu' type='fat'/><source dir='/tmp'/><target dev='vdN' bus='virtio'/><readonly/></disk>
        <disk type='file' device='disk' snapshot='external'><driver name='qemu' type='qcow2'/><source file='/tmp/N.qcow2'><slices><slice type='storage' offset='1234' size='321'/></slices></source><backingStore type='file'><format type='raw'/><source file='/tmp/base.img'/><backingStore/></backingStore><target dev='vdN' bus='virtio'/><transient/></disk>
        <controller type='scsi' index='0' model='virtio-scsi'><driver queues='4' cmd_per_lun='50' max_sectors='512' ioeventfd='on' iothread='1'/></controller>
        <controller type='virtio-serial' index='0' ports='16' vectors='4'/>
        <controller type='usb' index='0' model='qemu-xhci' ports='8'/>
        <controller type='usb' index='0' model='ich9-ehci1'/><controller type='usb' index='0' model='ich9-uhci1'><master startport='0'/></controller>
        <controller type='ccid' index='0'/>
        <serial type='pty'><target type='isa-serial' port='0'><model name='isa-serial'/></target></serial>
        <serial type='file'><source path='/tmp/serial.log' append='on'><reconnect enabled='no'/></source><target port='1'/></serial>
        <serial type='tcp'><source mode='connect' host='127.0.0.1' service='9999'><reconnect enabled='yes' timeout='10'/></source><protocol type='raw'/><target port='0'/></serial>
        <serial type='unix'><source mode='bind' path='/tmp/serial.sock'/><target type='pci-serial' port='0'/></serial>
        <serial type='udp'><source mode='bind' host='127.0.0.1' service='9999'/><source mode='connect' host='127.0.0.1' service='9998'/><target port='0'/></serial>
        <serial type='null'><log file='/tmp/log' append='off'/><target type='usb-serial' port='2'/></serial>
        <serial type='dev'><source path='/dev/ttyS2'/><target type='isa-debug'/><address type='isa' iobase='0x402'/></serial>
        <parallel type='dev'><source path='/dev/parport0'/><target port='0'/></parallel>
        <parallel type='pipe'><source path='/tmp/fifo'/><target port='0'/></parallel>
        <console type='pty'><target type='virtio' port='0'/></console>
        <console type='pty'><target type='serial' port='0'/></console>
        <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
        <channel type='pipe'><source path='/tmp/guestfwd'/><target type='guestfwd' address='10.0.2.1' port='4600'/></channel>
        <channel type='spicevmc'><target type='virtio' name='com.redhat.spice.0'/></channel><graphics type='spice' autoport='yes'/>
        <channel type='spiceport'><source channel='org.spice-space.webdav.0'/><target type='virtio' name='org.spice-space.webdav.0'/></channel><graphics type='spice' port='5901'/>
        <channel type='qemu-vdagent'><source><clipboard copypaste='yes'/><mouse mode='client'/></source><target type='virtio' name='com.redhat.spice.0'/></channel><graphics type='vnc' autoport='yes'/>
        <smartcard mode='host'/>
        <smartcard mode='passthrough' type='tcp'><source mode='bind' host='127.0.0.1' service='2001'/><protocol type='raw'/><address type='ccid' controller='0' slot='0'/></smartcard>
        <input type='tablet' bus='usb'><address type='usb' bus='0' port='2'/></input>
        <input type='keyboard' bus='virtio' model='virtio'/>
        <input type='passthrough' bus='virtio'><source evdev='/dev/input/event1234'/></input>
        <input type='evdev'><source dev='/dev/input/event0' grab='all' repeat='on' grabToggle='ctrl-ctrl'/></input>
        <input type='mouse' bus='ps2'/>
        <graphics type='vnc' port='5903' autoport='no' sharePolicy='allow-exclusive' passwd='secret' powerControl='yes'><listen type='address' address='127.0.0.1'/></graphics>
        <graphics type='vnc' socket='/tmp/vnc.sock'/>
        <graphics type='spice' port='5903' autoport='no' defaultMode='any'><listen type='address' address='127.0.0.1'/><channel name='main' mode='any'/><image compression='auto_glz'/><jpeg compression='auto'/><zlib compression='auto'/><playback compression='on'/><streaming mode='filter'/><clipboard copypaste='no'/><mouse mode='client'/><filetransfer enable='no'/></graphics>
        <graphics type='spice'><listen type='none'/></graphics>
        <graphics type='sdl' display=':0.1' xauth='/root/.Xauthority' fullscreen='yes'/>
        <graphics type='dbus' p2p='yes'/>
        <video><model type='qxl' ram='65536' vram='65536' vram64='131072' vgamem='16384' heads='1' primary='yes'/></video>
        <video><model type='virtio' heads='2' primary='yes'><acceleration accel3d='no'/><resolution x='800' y='600'/></model></video>
        <video><model type='vga' vram='16384' heads='1' primary='yes'><resolution x='1280' y='720'/></model></video>
        <video><model type='bochs' vram='16384' heads='1'/></video>
        <video><driver name='qemu' iommu='on' packed='on'/><model type='virtio'/></video>
        <sound model='ich6'><codec type='micro'/><codec type='duplex'/></sound>
        <sound model='ich9'><codec type='output'/><audio id='1'/></sound><audio id='1' type='none'/>
        <sound model='ac97'/>
        <sound model='pcspk'/>
        <sound model='sb16'/>
        <sound model='usb'/>
        <audio id='1' type='pulseaudio' serverName='acme.example.org'><input mixingEngine='yes' fixedSettings='yes' voices='1' bufferLength='100' name='x'><settings frequency='44100' channels='2' format='s16'/></input></audio>
        <audio id='2' type='spice'/><graphics type='spice' autoport='yes'/>
        <audio id='3' type='file' path='/tmp/audio.wav'/>
        <watchdog model='i6300esb' action='dump'/>
        <watchdog model='ib700' action='inject-nmi'/>
        <memballoon model='virtio' autodeflate='on' freePageReporting='on'><stats period='10'/><driver iommu='on' ats='on'/></memballoon>
        <rng model='virtio'><rate bytes='1234' period='2000'/><backend model='random'>/dev/random</backend><driver iommu='on' packed='on'/></rng>
        <rng model='virtio'><backend model='egd' type='tcp'><source mode='connect' host='1.2.3.4' service='1234'/></backend></rng>
        <rng model='virtio'><backend model='egd' type='unix'><source mode='connect' path='/tmp/egd'/></backend></rng>
        <panic model='isa'><address type='isa' iobase='0x506'/></panic>
        <panic model='hyperv'/>
        <vsock model='virtio'><cid auto='no' address='4'/></vsock>
        <iommu model='intel'><driver intremap='off' caching_mode='on' eim='off' iotlb='on' aw_bits='48'/></iommu>
        <hub type='usb'><address type='usb' bus='0' port='1'/></hub>
        <redirdev bus='usb' type='tcp'><source mode='connect' host='localhost' service='4000'/></redirdev><redirfilter><usbdev class='0x08' vendor='0x1234' product='0xbeef' version='2.56' allow='yes'/><usbdev allow='no'/></redirfilter>
        <redirdev bus='usb' type='spicevmc'/><graphics type='spice' autoport='yes'/>
        <filesystem type='mount' accessmode='mapped' fmode='0644' dmode='0755' multidevs='remap'><driver type='path' wrpolicy='immediate'/><source dir='/tmp'/><target dir='export/N'/><readonly/></filesystem>
        <filesystem type='mount' accessmode='squash'><source dir='/tmp'/><target dir='data N'/></filesystem>
        <hostdev mode='subsystem' type='usb' managed='yes'><source startupPolicy='optional' guestReset='off'><address bus='1' device='4'/></source><address type='usb' bus='0' port='4'/></hostdev>
        <hostdev mode='subsystem' type='pci' managed='yes'><driver name='vfio'/><source><address domain='0x0000' bus='0x06' slot='0x12' function='0x5'/></source><boot order='1'/><rom bar='off'/></hostdev>
        <hostdev mode='subsystem' type='mdev' model='vfio-pci' display='off'><source><address uuid='53764d0e-85a0-42b4-af5c-2046b460b1dc'/></source></hostdev>
        <hostdev mode='subsystem' type='scsi' managed='yes'><source protocol='iscsi' name='iqn.1992-01.com.example:storage/1'><host name='example.org' port='3260'/></source><address type='drive' controller='0' bus='0' target='0' unit='5'/></hostdev>
        <interface type='user'><mac address='52:54:00:e5:48:58'/><ip family='ipv4' address='172.17.2.0' prefix='24'/><ip family='ipv6' address='2001:db8:ac10:fd01::' prefix='64'/><model type='virtio'/><driver name='qemu' txmode='iothread' ioeventfd='on' event_idx='off' rx_queue_size='512' iommu='on' ats='on'/><link state='up'/></interface>
        <interface type='user'><model type='virtio'/><driver><host csum='off' gso='off' tso4='off'/><guest csum='off' tso4='off'/></driver><tune><sndbuf>1600</sndbuf></tune><alias name='ua-netN'/><teaming type='persistent'/></interface>
        <interface type='mcast'><source address='230.0.0.1' port='5558'/><model type='e1000'/><rom bar='off'/></interface>
        <interface type='client'><source address='127.0.0.1' port='5555'/><model type='rtl8139'/></interface>
        <interface type='udp'><source address='127.0.0.1' port='5555'><local address='127.0.0.1' port='5556'/></source><model type='e1000e'/></interface>
        <shmem name='shmN'><model type='ivshmem-plain'/><size unit='M'>4</size></shmem>
        <shmem name='shmN'><model type='ivshmem-doorbell'/><server path='/tmp/shm.sock'/><msi vectors='4' ioeventfd='on'/></shmem>
        """)

    /// Memory devices, for a domain with slots and a NUMA node.
    static let memoryDevices = lines(
        """
        <memory model='dimm' access='private' discard='yes'><source><pagesize unit='KiB'>4</pagesize></source><target><size unit='KiB'>523264</size><node>0</node></target></memory>
        <memory model='nvdimm' access='shared'><source><path>/tmp/nvdimm</path><alignsize unit='KiB'>2048</alignsize></source><target><size unit='KiB'>262144</size><node>0</node><label><size unit='KiB'>128</size></label></target></memory>
        <memory model='virtio-mem'><target><size unit='MiB'>512</size><node>0</node><block unit='MiB'>2</block><requested unit='MiB'>256</requested></target></memory>
        <memory model='virtio-pmem' access='shared'><source><path>/tmp/pmem</path></source><target><size unit='MiB'>128</size></target></memory>
        """)

    private static func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }
}
