import BerthDiagnostics
import BerthPlacement
import BerthProxmox
import BerthServices
import BerthStack
import BerthTopology

/// `plan --format proxmox`
enum ProxmoxOutput {
    /// The lines to set in a VM's file. Of a VM's file they are its own, changed; of any other guest those of a VM like it, planned as
    /// such: Proxmox puts its own devices where it wants them.
    static func lines(
        _ guest: GivenGuest, _ replacements: GuestReplacements, _ restriction: Planner.Restriction
    ) throws -> [String] {
        let host = try replacements.inventory()
        if guest.form == .proxmox, let document = guest.document {
            let file = try VMDocument(document.bytes, file: document.file)
            let result = try Services.apply(
                to: file, host: host, restriction: restriction, stack: document.stack,
                adjust: { topology throws(InputError) in try replacements.replace(in: &topology) })
            for finding in result.changes { Output.complain(finding.description) }
            if let rom = result.application.writerROM { try WriterROMOutput.write(rom, beside: nil) }
            return result.lines
        }
        return try guest.expectingIGD { topology in
            try Services.proxmoxLines(of: topology, host: host, restriction: restriction)
        }
    }
}
