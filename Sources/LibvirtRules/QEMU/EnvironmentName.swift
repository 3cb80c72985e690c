import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct EnvironmentName: DomainCheck {
    let rule = DomainRule(
        "environment-name", "an environment variable has a name",
        sources: ["libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainDefNamespaceParseCommandlineEnvValidate"],
        """
        <qemu:env name=> sets a variable of the QEMU process: letters, digits and '_', a letter or '_' first.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.qemuElements("commandline", "env").compactMap { element in
            guard let name = element["name"] else {
                return finding("No qemu environment name specified", at: element, in: domain, fix: "add name=")
            }
            let bytes = Array(name.utf8)
            let isStart = { (byte: UInt8) in Self.isLetter(byte) || byte == UInt8(ascii: "_") }
            guard let first = bytes.first, isStart(first) else {
                return finding(
                    "Invalid environment name, it must begin with a letter or underscore", at: element, "name",
                    in: domain,
                    fix: "write name='_\(name)'")
            }
            guard !bytes.allSatisfy({ isStart($0) || (0x30...0x39).contains($0) }) else { return nil }
            return finding(
                "Invalid environment name, it must contain only alphanumerics and underscore", at: element, "name",
                in: domain,
                fix: "replace the other characters by '_'")
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
    }
}
