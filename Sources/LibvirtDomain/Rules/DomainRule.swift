package import BerthDiagnostics
package import BerthStack

/// A claim about domain XML.
///
/// Whoever refuses a document names the claim itself and not its id, so that no finding has a name that the catalogue
/// does not have.
package struct DomainRule: Hashable, Sendable {
    package let id: RuleID
    /// One line for lists.
    package let summary: String
    /// What is checked, why, and what helps.
    package let documentation: String
    package let sources: [String]
    /// The smallest change that helps; nil where it depends on the case.
    package let remedy: String?
    /// The releases of libvirt that hold a document against it.
    package let releases: LibvirtSpan

    package init(
        _ id: RuleID, _ summary: String, releases: LibvirtSpan = .always, remedy: String? = nil, sources: [String],
        _ documentation: String
    ) {
        self.releases = releases
        self.id = id
        self.summary = summary
        self.remedy = remedy
        self.sources = sources
        self.documentation = documentation
    }
}

extension DomainRule {
    /// Those of this module, for the catalogue. A test holds the list against the files.
    package static let ofReading: [DomainRule] = [
        .addressType, .pciDoubleUse, .pciBusMissing, .pciConnection, .pciNoBus, .pciAddressRange, .pciDomain,
        .pciNoSlot, .pciSlotRange, .emptyAddress, .octalNumber, .memorySize, .domainDefault, .piix3Bus,
        .piix3UsbAddress, .primaryIdeAddress, .primarySataAddress, .bridgeIndex, .busNumber, .duplicateIndex,
        .controllerIndex, .driveController, .controllerModel, .expanderMachine, .numaNode, .rootIndex, .rootModel,
        .usbCompanion, .usbDisabled, .virtioSerialPort, .qemuNamespace, .overrideId, .overrideValue, .xmlRoot,
        .repeatedElement, .missingElement, .missingValue, .libvirtValue, .libvirtNumber, .deviceModel, .diskName,
        .romDisabled, .deviceCount,
    ]
}
