import BerthDiagnostics

/// USB devices have a USB controller.
struct USBIsEnabled: ReportedRule {
    let id: RuleID = "usb-disabled"
    let summary = "USB devices have a USB controller"
    let documentation = """
        With <controller type='usb' model='none'/> there is none, and no USB device can be added.
        """
    let sources = [
        "libvirt 9.0.0 src/qemu/qemu_domain_address.c qemuDomainUSBAddressAddHubs",
        "libvirt 9.0.0 src/conf/domain_conf.c virDomainDefParseXML",
    ]
    let remedy: String? = "remove the USB device, or the controller of model 'none'"
}
