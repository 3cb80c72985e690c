import BerthLibvirtDomain
import BerthDiagnostics
import BerthXML

/// Numbers of addresses have no leading zero.
struct OctalNumber: DomainRule {
    let id: RuleID = "octal-number"
    let summary = "numbers of addresses have no leading zero"
    let documentation = """
        Libvirt reads '010' as C does, which is eight; the schema and most people read ten.
        """
    let sources = ["libvirt 9.0.0 src/util/virxml.c virXMLPropUInt"]

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.pciAddressElements.flatMap { element in
            ["domain", "bus", "slot", "function"].compactMap { name -> Finding? in
                guard let text = element[name], text.utf8.count > 1, text.hasPrefix("0"),
                    !text.lowercased().hasPrefix("0x"),
                    let value = LibvirtNumber.unsigned(text), let decimal = UInt32(text), decimal != value
                else { return nil }
                return finding(
                    .warning, "libvirt reads '\(text)' as octal, which is \(value)", at: element, name, in: domain,
                    fix: "write \(name)='\(Hexadecimal.string(decimal, digits: 2))' for \(decimal)")
            }
        }
    }
}
