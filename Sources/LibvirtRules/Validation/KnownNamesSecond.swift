/// Made by Tests/Recorders/libvirt_names.py of the schemas of libvirt 9.0, 11.3 and 12.8; see `KnownNames`.
extension KnownNames {
    static let tableSecond = """
        hpt/maxpagesize: @unit
        hub/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port @reg @slot
         @ssid @target @type @unit zpci
        hub/alias: @name
        hyperv/avic: @state
        hyperv/emsr_bitmap: @state^11.3
        hyperv/evmcs: @state
        hyperv/frequencies: @state
        hyperv/ipi: @state
        hyperv/reenlightenment: @state
        hyperv/relaxed: @state
        hyperv/reset: @state
        hyperv/runtime: @state
        hyperv/spinlocks: @retries @state
        hyperv/stimer: @state direct
        hyperv/synic: @state
        hyperv/tlbflush: @state direct^11.3 extended^11.3
        hyperv/vapic: @state
        hyperv/vendor_id: @state @value
        hyperv/vpindex: @state
        hyperv/xmm_input: @state^11.3
        idmap/gid: @count^11.3 @start^11.3 @target^11.3
        idmap/uid: @count^11.3 @start^11.3 @target^11.3
        initiator/iqn: @name
        input/acpi: @index @nodeset^12.8
        input/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port @reg
         @slot @ssid @target @type @unit zpci
        input/alias: @name
        input/driver: @ats @iommu @packed @page_per_vq
        input/settings: @channels @format @frequency
        input/source: @dev @evdev @grab @grabToggle @repeat
        interconnects/bandwidth: @cache @initiator @target @type @unit @value
        interconnects/latency: @cache @initiator @target @type @value
        interface/acpi: @index @nodeset^12.8
        interface/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port @reg
         @slot @ssid @target @type @unit zpci
        interface/alias: @name
        interface/backend: @fqdn^12.8 @hostname^12.8 @logFile @tap @type @vhost
        interface/backenddomain: @name
        interface/bandwidth: @classID inbound outbound
        interface/boot: @loadparm @order
        interface/coalesce: rx
        interface/downscript: @path
        interface/driver: @ats @event_idx @ioeventfd @iommu @iommufd^12.8 @model^11.3 @name @packed @page_per_vq @queues
         @rss @rss_hash_report @rx_queue_size @tx_queue_size @txmode guest host
        interface/filterref: @filter parameter
        interface/guest: @actual @dev
        interface/ip: @address @family @peer @prefix
        interface/link: @state
        interface/mac: @address @check @currentAddress^11.3 @type
        interface/model: @type
        interface/mtu: @size
        interface/port: @isolated
        interface/portForward: @address @dev @proto range
        interface/rom: @bar @enabled @file
        interface/route: @address @family @gateway @metric @netmask @prefix
        interface/script: @path
        interface/source: @address @bridge @connectionid @dev @macTableManager @missing @mode @name @network @path @port
         @portgroup @portgroupid @portid @switchid @type address ip local product reconnect route vendor
        interface/target: @dev @managed
        interface/teaming: @persistent @type
        interface/tune: sndbuf
        interface/virtualport: @type parameters
        interface/vlan: @trunk tag
        iommu/acpi: @index @nodeset^12.8
        iommu/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port @reg
         @slot @ssid @target @type @unit zpci
        iommu/alias: @name
        iommu/driver: @accel^12.8 @ats^12.8 @aw_bits @caching_mode @cmdqv^12.8 @dma_translation^11.3 @eim @intremap
         @iotlb @oas^12.8 @passthrough^12.8 @pciBus^12.8 @ril^12.8 @ssidsize^12.8 @xtsup^12.8 granule^12.8
        iothread/queue: @id^11.3
        iothreads/iothread: @id^11.3 queue^11.3
        iotune/group_name:
        iotune/read_bytes_sec:
        iotune/read_bytes_sec_max:
        iotune/read_bytes_sec_max_length:
        iotune/read_iops_sec:
        iotune/read_iops_sec_max:
        iotune/read_iops_sec_max_length:
        iotune/size_iops_sec:
        iotune/total_bytes_sec:
        iotune/total_bytes_sec_max:
        iotune/total_bytes_sec_max_length:
        iotune/total_iops_sec:
        iotune/total_iops_sec_max:
        iotune/total_iops_sec_max_length:
        iotune/write_bytes_sec:
        iotune/write_bytes_sec_max:
        iotune/write_bytes_sec_max_length:
        iotune/write_iops_sec:
        iotune/write_iops_sec_max:
        iotune/write_iops_sec_max_length:
        kvm/dirty-ring: @size @state
        kvm/hidden: @state
        kvm/hint-dedicated: @state
        kvm/poll-control: @state
        kvm/pv-ipi: @state
        label/size: @unit
        latency-histogram/bin: @start^12.8
        lease/key:
        lease/lockspace:
        lease/target: @offset @path
        memballoon/acpi: @index @nodeset^12.8
        memballoon/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port
         @reg @slot @ssid @target @type @unit zpci
        memballoon/alias: @name
        memballoon/driver: @ats @iommu @packed @page_per_vq
        memballoon/stats: @period
        memory/acpi: @index @nodeset^12.8
        memory/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port @reg
         @slot @ssid @target @type @unit zpci
        memory/alias: @name
        memory/driver: @ats^12.8 @iommu^12.8 @packed^12.8 @page_per_vq^12.8
        memory/source: alignsize nodemask pagesize path pmem
        memory/target: @dynamicMemslots^11.3 address^11.3 block current label node readonly requested size
        memory/uuid:
        metadata_cache/max_size: @unit
        mirror/backingStore: @index @type backingStore format source
        mirror/format: @type metadata_cache
        mirror/source: @dev @dir @fdgroup @file @index @managed @mode @name @namespace @path @pool @protocol @query
         @startupPolicy @tls @tlsHostname @type @volume address auth config cookies dataStore^11.3 encryption host
         identity initiator knownHosts^11.3 privateData readahead reconnect reservations seclabel slices snapshot ssl
         timeout
        model/acceleration: @accel2d @accel3d @rendernode
        model/resolution: @x @y
        numa/cell: @cpus @discard @id @memAccess @memory @unit cache distances
        numa/interconnects: bandwidth latency
        nvram/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port @reg
         @slot @ssid @target @type @unit zpci
        nvram/source: @dev @dir @fdgroup @file @index @managed @mode @name @namespace @path @pool @protocol @query
         @startupPolicy @tls @tlsHostname @type @volume address auth config cookies dataStore^11.3 encryption host
         identity initiator knownHosts^11.3 privateData readahead reconnect reservations seclabel slices snapshot ssl
         timeout
        os/acpi: table
        os/bios: @rebootTimeout @useserial
        os/boot: @dev
        os/bootmenu: @enable @timeout
        os/cmdline:
        os/dtb:
        os/firmware: feature
        os/init:
        os/initarg:
        os/initdir:
        os/initenv: @name
        os/initgroup:
        os/initrd:
        os/inituser:
        os/kernel:
        os/loader: @format^11.3 @readonly @secure @stateless @type
        os/nvram: @format^11.3 @template @templateFormat^11.3 @type source
        os/root:
        os/shim:
        os/smbios: @mode
        os/type: @arch @machine
        os/varstore: @path^12.8 @template^12.8
        output/settings: @channels @format @frequency
        panic/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port @reg
         @slot @ssid @target @type @unit zpci
        panic/alias: @name
        parallel/acpi: @index @nodeset^12.8
        parallel/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port @reg
         @slot @ssid @target @type @unit zpci
        parallel/alias: @name
        parallel/log: @append @file
        parallel/protocol: @type
        parallel/source: @append @channel @host @master @mode @path @service @slave @tls clipboard mouse reconnect
         seclabel
        parallel/target: @port @type model
        parentaddr/address: @bus @domain @function @multifunction @slot
        portForward/range: @end @exclude @start @to
        pstore/address: @base^11.3 @bus^11.3 @controller^11.3 @cssid^11.3 @devno^11.3 @domain^11.3 @function^11.3
         @iobase^11.3 @irq^11.3 @multifunction^11.3 @port^11.3 @reg^11.3 @slot^11.3 @ssid^11.3 @target^11.3 @type^11.3
         @unit^11.3 zpci^11.3
        pstore/alias: @name^11.3
        pstore/path:
        pstore/size: @unit^11.3
        redirdev/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port @reg
         @slot @ssid @target @type @unit zpci
        redirdev/alias: @name
        redirdev/boot: @loadparm @order
        redirdev/log: @append @file
        redirdev/protocol: @type
        redirdev/source: @append @channel @host @master @mode @path @service @slave @tls clipboard mouse reconnect
         seclabel
        redirfilter/usbdev: @allow @class @product @vendor @version
        reservations/source: @mode @path @type reconnect
        rng/acpi: @index @nodeset^12.8
        rng/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port @reg @slot
         @ssid @target @type @unit zpci
        rng/alias: @name
        rng/backend: @model @type log protocol source
        rng/driver: @ats @iommu @packed @page_per_vq
        rng/rate: @bytes @period
        rx/frames: @max
        seclabel/label:
        serial/acpi: @index @nodeset^12.8
        serial/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port @reg
         @slot @ssid @target @type @unit zpci
        serial/alias: @name
        serial/log: @append @file
        serial/protocol: @type
        serial/source: @append @channel @host @master @mode @path @service @slave @tls clipboard mouse reconnect
         seclabel
        serial/target: @port @type model
        shmem/acpi: @index @nodeset^12.8
        shmem/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port @reg
         @slot @ssid @target @type @unit zpci
        shmem/alias: @name
        shmem/model: @type
        shmem/msi: @ioeventfd @vectors
        shmem/server: @path
        shmem/size: @unit
        slices/slice: @offset @size @type
        smartcard/acpi: @index @nodeset^12.8
        smartcard/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port @reg
         @slot @ssid @target @type @unit zpci
        smartcard/certificate:
        smartcard/database:
        smartcard/log: @append @file
        smartcard/protocol: @type
        smartcard/source: @append @channel @host @master @mode @path @service @slave @tls clipboard mouse reconnect
         seclabel
        smartcard/target: @port @type model
        smm/tseg: @unit
        sound/acpi: @index @nodeset^12.8
        sound/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port @reg
         @slot @ssid @target @type @unit zpci
        sound/alias: @name
        sound/audio: @id
        sound/codec: @type
        sound/driver: @ats^11.3 @iommu^11.3 @packed^11.3 @page_per_vq^11.3
        source/adapter: @managed @name @parent @parent_fabric_wwn @parent_wwnn @parent_wwpn @type @wwnn @wwpn parentaddr
        source/address: @bus @device @domain @function @multifunction @port^12.8 @slot @target @type @unit @uuid
        source/alignsize: @unit
        source/auth: @username secret
        source/block:
        source/char:
        source/clipboard: @copypaste
        source/config: @file
        source/cookies: cookie
        source/dataStore: @type^11.3 format^11.3 source^11.3
        source/encryption: @engine @format cipher ivgen secret
        source/host: @name @port @socket @transport
        source/identity: @agentsock^11.3 @group @keyfile^11.3 @user @username^11.3
        source/initiator: iqn
        source/interface:
        source/ip: @address @family @peer @prefix
        source/knownHosts: @path^11.3
        source/local: @address @port
        source/mouse: @mode
        source/nodemask:
        source/pagesize: @unit
        source/path:
        source/pmem:
        source/privateData:
        source/product: @id
        source/readahead: @size
        source/reconnect: @delay^11.3 @enabled @timeout
        source/reservations: @managed @migration^12.8 source
        source/route: @address @family @gateway @metric @netmask @prefix
        source/seclabel: @labelskip @model @relabel label
        source/slices: slice
        source/snapshot: @name
        source/ssl: @verify
        source/timeout: @seconds
        source/vendor: @id
        statistics/latency-histogram: @type^12.8 bin^12.8
        statistics/statistic: @interval^12.8
        stimer/direct: @state
        target/address: @base^11.3
        target/block: @unit
        target/current: @unit
        target/label: size
        target/model: @name
        target/node:
        target/readonly:
        target/requested: @unit
        target/size: @unit
        tcg/tb-cache: @unit
        throttlefilters/throttlefilter: @group^11.3
        tlbflush/direct: @state^11.3
        tlbflush/extended: @state^11.3
        tpm/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port @reg @slot
         @ssid @target @type @unit zpci
        tpm/alias: @name
        tpm/backend: @debug^11.3 @persistent_state @type @version active_pcr_banks device encryption profile^11.3 source
        tune/sndbuf:
        video/acpi: @index @nodeset^12.8
        video/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port @reg
         @slot @ssid @target @type @unit zpci
        video/alias: @name
        video/driver: @ats @iommu @name @packed @page_per_vq @vgaconf
        video/model: @blob^11.3 @device^12.8 @edid^12.8 @heads @primary @ram @type @vgamem @vram @vram64 acceleration
         resolution
        virtualport/parameters: @instanceid @interfaceid @managerid @profileid @typeid @typeidversion
        vlan/tag: @id @nativeMode
        vsock/acpi: @index @nodeset^12.8
        vsock/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port @reg
         @slot @ssid @target @type @unit zpci
        vsock/alias: @name
        vsock/cid: @address @auto
        vsock/driver: @ats @iommu @packed @page_per_vq
        watchdog/acpi: @index @nodeset^12.8
        watchdog/address: @base @bus @controller @cssid @devno @domain @function @iobase @irq @multifunction @port @reg
         @slot @ssid @target @type @unit zpci
        watchdog/alias: @name
        xen/e820_host: @state
        xen/passthrough: @mode @state
        """
}
