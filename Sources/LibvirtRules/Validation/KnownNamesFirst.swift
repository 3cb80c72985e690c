/// Made by Tests/Recorders/libvirt_names.py of the schemas of libvirt 9.0, 11.3 and 12.8; see `KnownNames`.
extension KnownNames {
    static let tableFirst = """
        acpi/table: @type
        active_pcr_banks/sha1:
        active_pcr_banks/sha256:
        active_pcr_banks/sha384:
        active_pcr_banks/sha512:
        adapter/parentaddr: @unique_id address
        address/zpci: @fid @uid
        audio/input: @bufferCount @bufferLength @clientName @connectPorts @dev @exactName @fixedSettings @latency
         @mixingEngine @name @serverName @streamName @tryPoll @voices settings
        audio/output: @bufferCount @bufferLength @clientName @connectPorts @dev @exactName @fixedSettings @latency
         @mixingEngine @name @serverName @streamName @tryPoll @voices settings
        auth/secret: @type @usage @uuid
        backend/active_pcr_banks: sha1 sha256 sha384 sha512
        backend/device: @path
        backend/encryption: @secret
        backend/log: @append @file
        backend/profile: @name^11.3 @removeDisabled^11.3 @source^11.3
        backend/protocol: @type
        backend/source: @append @channel @host @master @mode @path @service @slave @tls @type clipboard mouse reconnect
         seclabel
        backingStore/backingStore: @index @type backingStore format source
        backingStore/format: @type metadata_cache
        backingStore/source: @dev @dir @fdgroup @file @index @managed @mode @name @namespace @path @pool @protocol
         @query @startupPolicy @tls @tlsHostname @type @volume address auth config cookies dataStore^11.3 encryption
         host identity initiator knownHosts^11.3 privateData readahead reconnect reservations seclabel slices snapshot
         ssl timeout
        bandwidth/inbound: @average @burst @floor @peak
        bandwidth/outbound: @average @burst @floor @peak
        binary/cache: @mode
        binary/lock: @flock @posix
        binary/openfiles: @max^11.3
        binary/sandbox: @mode
        binary/thread_pool: @size
        cache/line: @unit @value
        cache/size: @unit @value
        capabilities/audit_control: @state
        capabilities/audit_write: @state
        capabilities/block_suspend: @state
        capabilities/chown: @state
        capabilities/dac_override: @state
        capabilities/dac_read_search: @state
        capabilities/fowner: @state
        capabilities/fsetid: @state
        capabilities/ipc_lock: @state
        capabilities/ipc_owner: @state
        capabilities/kill: @state
        capabilities/lease: @state
        capabilities/linux_immutable: @state
        capabilities/mac_admin: @state
        capabilities/mac_override: @state
        capabilities/mknod: @state
        capabilities/net_admin: @state
        capabilities/net_bind_service: @state
        capabilities/net_broadcast: @state
        capabilities/net_raw: @state
        capabilities/setfcap: @state
        capabilities/setgid: @state
        capabilities/setpcap: @state
        capabilities/setuid: @state
        capabilities/sys_admin: @state
        capabilities/sys_boot: @state
        capabilities/sys_chroot: @state
        capabilities/sys_module: @state
        capabilities/sys_nice: @state
        capabilities/sys_pacct: @state
        capabilities/sys_ptrace: @state
        capabilities/sys_rawio: @state
        capabilities/sys_resource: @state
        capabilities/sys_time: @state
        capabilities/sys_tty_config: @state
        capabilities/syslog: @state
        capabilities/wake_alarm: @state
        cell/cache: @associativity @level @policy line size
        cell/distances: sibling
        channel/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port @reg
         @slot @ssid @target @type @unit zpci
        channel/alias: @name
        channel/log: @append @file
        channel/protocol: @type
        channel/source: @append @channel @host @master @mode @path @service @slave @tls clipboard mouse reconnect
         seclabel
        channel/target: @address @name @port @state @type
        coalesce/rx: frames
        console/acpi: @index @nodeset^12.8
        console/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port @reg
         @slot @ssid @target @type @unit zpci
        console/alias: @name
        console/log: @append @file
        console/protocol: @type
        console/source: @append @channel @host @master @mode @path @service @slave @tls clipboard mouse reconnect
         seclabel
        console/target: @port @type model
        controller/acpi: @index @nodeset^12.8
        controller/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port
         @reg @slot @ssid @target @type @unit zpci
        controller/alias: @name
        controller/driver: @ats @cmd_per_lun @ioeventfd @iommu @iothread @max_sectors @packed @page_per_vq @queues
         iothreads^11.3
        controller/master: @startport
        controller/model: @name
        controller/pcihole64: @unit
        controller/serial:
        controller/target: @busNr @chassis @chassisNr @hotplug @index @memReserve^11.3 @port node
        cookies/cookie: @name
        cpu/arch:
        cpu/cache: @level @mode
        cpu/counter: @frequency @name @scaling
        cpu/feature: @name @policy
        cpu/features: nonpae pae svm vmx
        cpu/maxphysaddr: @bits @limit^11.3 @mode
        cpu/microcode: @version
        cpu/model: @fallback @vendor_id
        cpu/numa: cell interconnects
        cpu/pages: @size @unit
        cpu/signature: @family @model @stepping
        cpu/topology: @clusters^11.3 @cores @dies @sockets @threads
        cpu/vendor:
        crypto/address: @base^11.3 @bus^11.3 @controller^11.3 @cssid^11.3 @devno^11.3 @domain^11.3 @function^11.3
         @iobase^11.3 @irq^11.3 @multifunction^11.3 @port^11.3 @reg^11.3 @slot^11.3 @ssid^11.3 @target^11.3 @type^11.3
         @unit^11.3 zpci^11.3
        crypto/alias: @name^11.3
        crypto/backend: @model^11.3 @queues^11.3
        crypto/driver: @ats^11.3 @iommu^11.3 @packed^11.3 @page_per_vq^11.3
        dataStore/format: @type^11.3 metadata_cache^11.3
        dataStore/source: @dev^11.3 @dir^11.3 @fdgroup^11.3 @file^11.3 @index^11.3 @managed^11.3 @mode^11.3 @name^11.3
         @namespace^11.3 @path^11.3 @pool^11.3 @protocol^11.3 @query^11.3 @startupPolicy^11.3 @tls^11.3
         @tlsHostname^11.3 @type^11.3 @volume^11.3 address^11.3 auth^11.3 config^11.3 cookies^11.3 dataStore^11.3
         encryption^11.3 host^11.3 identity^11.3 initiator^11.3 knownHosts^11.3 privateData^11.3 readahead^11.3
         reconnect^11.3 reservations^11.3 seclabel^11.3 slices^11.3 snapshot^11.3 ssl^11.3 timeout^11.3
        devices/audio: @driver @dspPolicy @exclusive @id @path @runtimeDir^11.3 @serverName @timerPeriod @tryMMap @type
         input output
        devices/channel: @type address alias log protocol source target
        devices/console: @tty @type acpi address alias log protocol source target
        devices/controller: @index @maxEventChannels @maxGrantFrames @model @ports @type @vectors acpi address alias
         driver master model pcihole64 serial^12.8 target
        devices/crypto: @model^11.3 @type^11.3 address^11.3 alias^11.3 backend^11.3 driver^11.3
        devices/disk: @device @model @rawio @sgio @snapshot @type acpi address alias auth backenddomain backingStore
         blockio boot driver encryption geometry iotune mirror privateData product readonly serial shareable source
         target throttlefilters^11.3 transient vendor wwn
        devices/emulator:
        devices/filesystem: @accessmode @dmode @fmode @model @multidevs @type acpi address alias binary boot driver
         idmap^11.3 readonly source space_hard_limit space_soft_limit target
        devices/graphics: @address @autoport @connected @defaultMode @display @fullscreen @keymap @listen @multiUser
         @p2p @passwd @passwdValidTo @port @powerControl @replaceUser @sharePolicy @socket @tlsPort @type @username^11.3
         @wait^12.8 @websocket @xauth audio channel clipboard filetransfer gl image jpeg listen mouse playback streaming
         zlib
        devices/hostdev: @display @managed @mode @model @ramfb @rawio @sgio @type acpi address alias boot driver ip
         readonly rom route shareable source teaming
        devices/hub: @type address alias
        devices/input: @bus @model @type acpi address alias driver source
        devices/interface: @managed @trustGuestRxFilters @type acpi address alias backend backenddomain bandwidth boot
         coalesce downscript driver filterref guest ip link mac model mtu port portForward rom route script source
         target teaming tune virtualport vlan
        devices/iommu: @model acpi address alias driver
        devices/lease: key lockspace target
        devices/memballoon: @autodeflate @freePageReporting @model acpi address alias driver stats
        devices/memory: @access @discard @model acpi address alias driver^12.8 source target uuid
        devices/nvram: address
        devices/panic: @model address alias
        devices/parallel: @tty @type acpi address alias log protocol source target
        devices/pstore: @backend^11.3 address^11.3 alias^11.3 path^11.3 size^11.3
        devices/redirdev: @bus @type address alias boot log protocol source
        devices/redirfilter: usbdev
        devices/rng: @model acpi address alias backend driver rate
        devices/serial: @tty @type acpi address alias log protocol source target
        devices/shmem: @name @role acpi address alias model msi server size
        devices/smartcard: @mode @type acpi address certificate database log protocol source target
        devices/sound: @model @multichannel^11.3 @streams^11.3 acpi address alias audio codec driver^11.3
        devices/tpm: @model address alias backend
        devices/video: acpi address alias driver model
        devices/vsock: @model acpi address alias cid driver
        devices/watchdog: @action @model acpi address alias
        disk/acpi: @index @nodeset^12.8
        disk/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port @reg
         @slot @ssid @target @type @unit zpci
        disk/alias: @name
        disk/auth: @username secret
        disk/backenddomain: @name
        disk/backingStore: @index @type backingStore format source
        disk/blockio: @discard_granularity^11.3 @logical_block_size @physical_block_size
        disk/boot: @loadparm @order
        disk/driver: @ats @cache @copy_on_read @detect_zeroes @discard @discard_no_unref^11.3 @error_policy @event_idx
         @io @ioeventfd @iommu @iothread @name @packed @page_per_vq @queue_size @queues @rerror_policy @type
         iothreads^11.3 metadata_cache statistics^12.8
        disk/encryption: @engine @format cipher ivgen secret
        disk/geometry: @cyls @heads @secs @trans
        disk/iotune: group_name read_bytes_sec read_bytes_sec_max read_bytes_sec_max_length read_iops_sec
         read_iops_sec_max read_iops_sec_max_length size_iops_sec total_bytes_sec total_bytes_sec_max
         total_bytes_sec_max_length total_iops_sec total_iops_sec_max total_iops_sec_max_length write_bytes_sec
         write_bytes_sec_max write_bytes_sec_max_length write_iops_sec write_iops_sec_max write_iops_sec_max_length
        disk/mirror: @file @format @job @ready @type backingStore format source
        disk/privateData:
        disk/product:
        disk/readonly:
        disk/serial:
        disk/shareable:
        disk/source: @dev @dir @fdgroup @file @index @managed @mode @name @namespace @path @pool @protocol @query
         @startupPolicy @tls @tlsHostname @type @volume address auth config cookies dataStore^11.3 encryption host
         identity initiator knownHosts^11.3 privateData readahead reconnect reservations seclabel slices snapshot ssl
         timeout
        disk/target: @bus @dev @dpofua^12.8 @removable @rotation_rate @tray
        disk/throttlefilters: throttlefilter^11.3
        disk/transient: @shareBacking
        disk/vendor:
        disk/wwn:
        distances/sibling: @id @value
        domain/cpu: @check @deprecated_features^11.3 @match @migratable @mode arch cache counter feature features
         maxphysaddr microcode model numa pages signature topology vendor
        domain/devices: audio channel console controller crypto^11.3 disk emulator filesystem graphics hostdev hub input
         interface iommu lease memballoon memory nvram panic parallel pstore^11.3 redirdev redirfilter rng serial shmem
         smartcard sound tpm video vsock watchdog
        domain/features: acpi aia^11.3 apic async-teardown^11.3 capabilities ccf-assist cfpc extended_l2 gic hap hpt htm
         hyperv ibs ioapic kvm lazy_refcounts msrs nested-hv nonpae pae pmu privnet ps2^11.3 pvspinlock ras^11.3 sbbc
         smm svm tcg viridian virtualization^12.8 vmcoreinfo vmport vmx xen
        domain/os: @firmware acpi bios boot bootmenu cmdline dtb firmware init initarg initdir initenv initgroup initrd
         inituser kernel loader nvram root shim^11.3 smbios type varstore^12.8
        driver/granule: @mode^12.8 @size^12.8 @unit^12.8
        driver/guest: @csum @ecn @tso4 @tso6 @ufo
        driver/host: @csum @ecn @gso @mrg_rxbuf @tso4 @tso6 @ufo
        driver/iothreads: iothread^11.3
        driver/metadata_cache: max_size
        driver/statistics: latency-histogram^12.8 statistic^12.8
        encryption/cipher: @hash @mode @name @size
        encryption/ivgen: @hash @name
        encryption/secret: @type @usage @uuid
        features/acpi:
        features/aia: @value^11.3
        features/apic: @eoi
        features/async-teardown: @enabled^11.3
        features/capabilities: @policy audit_control audit_write block_suspend chown dac_override dac_read_search fowner
         fsetid ipc_lock ipc_owner kill lease linux_immutable mac_admin mac_override mknod net_admin net_bind_service
         net_broadcast net_raw setfcap setgid setpcap setuid sys_admin sys_boot sys_chroot sys_module sys_nice sys_pacct
         sys_ptrace sys_rawio sys_resource sys_time sys_tty_config syslog wake_alarm
        features/ccf-assist: @state
        features/cfpc: @value
        features/extended_l2:
        features/gic: @version
        features/hap: @state
        features/hpt: @resizing maxpagesize
        features/htm: @state
        features/hyperv: @mode avic emsr_bitmap^11.3 evmcs frequencies ipi reenlightenment relaxed reset runtime
         spinlocks stimer synic tlbflush vapic vendor_id vpindex xmm_input^11.3
        features/ibs: @value
        features/ioapic: @driver
        features/kvm: dirty-ring hidden hint-dedicated poll-control pv-ipi
        features/lazy_refcounts:
        features/msrs: @unknown
        features/nested-hv: @state
        features/nonpae:
        features/pae:
        features/pmu: @state
        features/privnet:
        features/ps2: @state^11.3
        features/pvspinlock: @state
        features/ras: @state^11.3
        features/sbbc: @value
        features/smm: @state tseg
        features/svm:
        features/tcg: tb-cache
        features/viridian:
        features/virtualization:
        features/vmcoreinfo: @state
        features/vmport: @state
        features/vmx:
        features/xen: e820_host passthrough
        filesystem/acpi: @index @nodeset^12.8
        filesystem/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port
         @reg @slot @ssid @target @type @unit zpci
        filesystem/alias: @name
        filesystem/binary: @path @xattr cache lock openfiles^11.3 sandbox thread_pool
        filesystem/boot: @loadparm @order
        filesystem/driver: @ats @format @iommu @packed @page_per_vq @queue @type @wrpolicy
        filesystem/idmap: gid^11.3 uid^11.3
        filesystem/readonly:
        filesystem/source: @dev @dir @file @name @socket @units @usage
        filesystem/space_hard_limit: @unit
        filesystem/space_soft_limit: @unit
        filesystem/target: @dir
        filterref/parameter: @name @value
        firmware/feature: @enabled @name
        format/metadata_cache: max_size
        graphics/audio: @id
        graphics/channel: @mode @name
        graphics/clipboard: @copypaste
        graphics/filetransfer: @enable
        graphics/gl: @enable @rendernode
        graphics/image: @compression
        graphics/jpeg: @compression
        graphics/listen: @address @network @socket @type
        graphics/mouse: @mode
        graphics/playback: @compression
        graphics/streaming: @mode
        graphics/zlib: @compression
        hostdev/acpi: @index @nodeset^12.8
        hostdev/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port @reg
         @slot @ssid @target @type @unit zpci
        hostdev/alias: @name
        hostdev/boot: @loadparm @order
        hostdev/driver: @iommufd^12.8 @model^11.3 @name
        hostdev/ip: @address @family @peer @prefix
        hostdev/readonly:
        hostdev/rom: @bar @enabled @file
        hostdev/route: @address @family @gateway @metric @netmask @prefix
        hostdev/shareable:
        hostdev/source: @guestReset @name @protocol @startupPolicy @writeFiltering @wwpn adapter address auth block char
         host initiator interface product vendor
        hostdev/teaming: @persistent @type
        """
}
