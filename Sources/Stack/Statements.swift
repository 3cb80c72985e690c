package import BerthDiagnostics

extension Statement.StringInterpolation {
    package mutating func appendInterpolation(_ release: QEMURelease) {
        statement.append(.release(.qemu, release.description))
    }

    package mutating func appendInterpolation(_ release: any FirmwareRelease) {
        statement.append(.release(.firmware(type(of: release).kindName), release.description))
    }

    package mutating func appendInterpolation(_ release: LinuxRelease) {
        statement.append(.release(.linux, release.description))
    }

    package mutating func appendInterpolation(_ release: LibvirtRelease) {
        statement.append(.release(.libvirt, release.description))
    }
}
