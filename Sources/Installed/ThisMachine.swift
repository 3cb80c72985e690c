package import BerthStack
import FoundationEssentials
import Glibc
import Subprocess

/// The machine that the tool runs on.
package struct ThisMachine: Sendable {
    /// Where programs are looked for.
    package var path: [String]
    /// What precedes `/var/lib/dpkg/status` and the like.
    package var root: String
    /// How long a program may think.
    package var patience: Duration

    package init(
        path: [String] = ThisMachine.searchPath, root: String = "", patience: Duration = .seconds(1)
    ) {
        self.path = path
        self.root = root
        self.patience = patience
    }

    package static var searchPath: [String] {
        guard let value = getenv("PATH") else { return [] }
        return String(cString: value).split(separator: ":").map(String.init)
    }

    /// Read once, by whoever asks first.
    private static let ownDatabase = Task.detached { PackageDatabase.installed(below: "") }

    /// Starts to read what `stack()` wants first, while its caller still has other things to do.
    package static func readAhead() { _ = ownDatabase }

    /// Its stack; nil where no QEMU is installed, or none that says what it is. The notes say what was left out or assumed.
    package func stack() async -> (stack: Stack?, notes: [String]) {
        var database = root.isEmpty ? await Self.ownDatabase.value : .installed(below: root)
        let asked = Question.allCases.compactMap { question -> (Question, file: String)? in
            guard let file = find(question) else { return nil }
            // Where a package put the program, nobody has to be asked: starting it takes longer than all the rest.
            let isPackaged = file.hasPrefix("/usr/") && !file.hasPrefix("/usr/local/")
            let isKnown = question.part.map { isPackaged && database.version(of: $0) != nil } ?? !database.isEmpty
            return isKnown ? nil : (question, file)
        }
        var answers = ProgramAnswers()
        var notes: [String] = []
        for (question, file, text) in await ask(asked) {
            let isUnderstood: Bool
            switch question {
            case .qemu:
                answers.qemu = text.flatMap(ProgramAnswers.qemu)
                isUnderstood = answers.qemu != nil
            case .libvirt:
                answers.libvirt = text.flatMap(ProgramAnswers.libvirt)
                isUnderstood = answers.libvirt != nil
            case .rpm:
                database = PackageDatabase(rpmAnswer: text ?? "")
                isUnderstood = text != nil
            }
            if !isUnderstood {
                notes.append("'\(file)' \(text == nil ? "does not answer" : "names no release"); it is left out")
            }
        }
        guard let (stack, more) = InstalledReleases(database, answers: answers).stack() else { return (nil, notes) }
        return (stack, notes + more)
    }

    private enum Question: CaseIterable, Sendable {
        case qemu, libvirt, rpm

        /// Red Hat's QEMU is in no folder of programs.
        var programs: [String] {
            switch self {
            case .qemu: ["qemu-system-x86_64", "/usr/libexec/qemu-kvm"]
            case .libvirt: ["virsh"]
            case .rpm: ["rpm"]
            }
        }

        /// The package that answers it as well; nil for the question about packages.
        var part: Part? {
            switch self {
            case .qemu: .qemu
            case .libvirt: .libvirt
            case .rpm: nil
            }
        }

        var arguments: [String] {
            switch self {
            case .qemu, .libvirt: ["--version"]
            case .rpm:
                ["-q", "--queryformat", "%{NAME} %{VERSION}-%{RELEASE}\\n"] + Part.allPackages.sorted()
            }
        }
    }

    private func find(_ question: Question) -> String? {
        for program in question.programs {
            let files = program.hasPrefix("/") ? [root + program] : path.map { "\($0)/\(program)" }
            if let file = files.first(where: { access($0, X_OK) == 0 }) { return file }
        }
        return nil
    }

    /// All at once; no text of one that fails, or does not answer in time and is killed.
    private func ask(_ questions: [(Question, file: String)]) async -> [(Question, file: String, text: String?)] {
        await withTaskGroup(of: (Question, file: String, text: String?).self) { group in
            for (question, file) in questions {
                group.addTask { [patience] in
                    (question, file, await Self.answer(file, question.arguments, patience))
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.file < $1.file }
        }
    }

    /// What a program prints, if it is little and comes in time. rpm fails where a package is missing, and answers all the same.
    private static func answer(_ file: String, _ arguments: [String], _ patience: Duration) async -> String? {
        await withTaskGroup(of: String?.self) { group in
            group.addTask {
                // env, because Subprocess takes paths only as values of a package that is not ours to import.
                let result = try? await run(
                    .name("env"), arguments: Arguments([file] + arguments),
                    environment: .inherit.updating(["LC_ALL": "C"]),
                    output: .string(limit: 1 << 16), error: .discarded)
                return result?.standardOutput
            }
            group.addTask {
                try? await Task.sleep(for: patience)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
    }
}

extension PackageDatabase {
    /// Larger databases are not read.
    private static let limit = 64 << 20

    /// dpkg's, else pacman's; empty where there is neither: rpm's only rpm can read.
    package static func installed(below root: String) -> PackageDatabase {
        let files = FileManager.default
        let status = root + "/var/lib/dpkg/status"
        var entry = stat()
        // Mapped: touching a page for the first time takes longer than looking through it, and dpkg replaces the file as a whole.
        if stat(status, &entry) == 0, entry.st_size < limit,
            let bytes = try? Data(contentsOf: URL(filePath: status), options: .alwaysMapped)
        {
            return bytes.withUnsafeBytes { PackageDatabase(dpkgStatus: $0) }
        }
        if let folders = try? files.contentsOfDirectory(atPath: root + "/var/lib/pacman/local") {
            return PackageDatabase(pacmanFolders: folders)
        }
        return PackageDatabase()
    }
}
