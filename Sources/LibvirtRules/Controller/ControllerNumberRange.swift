import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct ControllerNumberRange: DomainCheck {
    let rule = DomainRule(
        "controller-number-range", "numbers of a PCI controller fit into a byte",
        sources: ["libvirt 9.0.0 src/conf/domain_validate.c virDomainControllerDefValidate"],
        """
        chassisNr goes from 1 to 255, chassis and port from 0 to 255, busNr from 1 to 254. Numbers are read as C reads
        them: 0x for hexadecimal, a leading zero for octal.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.pciControllers.flatMap { controller -> [Finding] in
            guard let target = controller.first("target") else { return [] }
            return Self.ranges.compactMap { name, range in
                guard let value = target[name].flatMap({ LibvirtNumber.signed($0) }), value >= 0,
                    !range.contains(Int(value))
                else { return nil }
                return finding(
                    "PCI controller \(name) '\(value)' out of range - must be \(range.lowerBound)-\(range.upperBound)",
                    at: target, name, in: domain, fix: "remove \(name)=, libvirt then chooses one")
            }
        }
    }

    private static let ranges: [(String, ClosedRange<Int>)] = [
        ("chassisNr", 1...255), ("chassis", 0...255), ("port", 0...255), ("busNr", 1...254),
    ]
}
