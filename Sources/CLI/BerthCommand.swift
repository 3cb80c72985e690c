import ArgumentParser
import BerthInstalled
import Glibc

@main
struct BerthCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "berth",
        abstract: "Finds a safe berth in a guest for the memory an Intel integrated GPU needs.",
        discussion: """
            INPUT is a topology file (.yaml, .json), a libvirt domain, a Proxmox VM's file, a recorded case (.json) or a file with a \
            QEMU command line such as 'qm showcmd' prints, '-' reads standard input; or a QEMU command line after '--' or in \
            --qemu-args FILE. Without INPUT the bundled default topology is used.

            Exit status: 0 done and good; 1 the answer is no; 64 usage; 65 input unusable; 66 input missing; 69 a program that \
            is needed is missing; 70 a defect of berth; 73 output not writable.
            """,
        version: Build.version,
        subcommands: [
            PlanCommand.self, DiagnoseCommand.self, CompareCommand.self, SimulateCommand.self, ValidateCommand.self,
            ApplyCommand.self, ConvertCommand.self, CarrierCommand.self, ROMCommand.self, RehearseCommand.self,
            HookCommand.self,
            HostCommand.self, BatchCommand.self, CatalogCommand.self, ManualCommand.self,
        ])

    /// Swift's runtime has the arguments from `/proc`: without it, as in a bare chroot, each command would print the help and end well.
    static func main() {
        guard access("/proc/self/cmdline", R_OK) == 0 else {
            Output.complain("error: /proc is not mounted, and a program's arguments are there [no-proc]")
            Self.exit(withError: ExitStatus.unavailable)
        }
        // Arguments are parsed meanwhile.
        let arguments = CommandLine.arguments.dropFirst()
        if asksThisMachine(arguments) { ThisMachine.readAhead() }
        if arguments.first == "validate" { InstalledLibvirt.readAhead() }
        main(nil)
    }

    /// Whether the stack of this machine may be wanted: a guess, and nothing but time depends on it.
    private static func asksThisMachine(_ arguments: ArraySlice<String>) -> Bool {
        let reading: Set = ["plan", "diagnose", "compare", "simulate", "apply", "convert"]
        return arguments.first.map(reading.contains) == true && !arguments.contains("--stack")
            && getenv("BERTH_STACK") == nil
    }
}
