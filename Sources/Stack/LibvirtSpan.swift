/// The releases of libvirt that something holds for: a claim, a name, a default, a step of giving out addresses.
package struct LibvirtSpan: Hashable, Sendable {
    /// The first that has it; nil: all before `until`.
    package let since: LibvirtRelease?
    /// The first that has it no more; nil: all later ones have it.
    package let until: LibvirtRelease?

    /// Every release that is known.
    package static let always = LibvirtSpan(since: nil, until: nil)

    private init(since: LibvirtRelease?, until: LibvirtRelease?) {
        self.since = since
        self.until = until
    }

    /// From this release on.
    package static func since(_ major: Int, _ minor: Int) -> Self {
        Self(since: LibvirtRelease(major, minor), until: nil)
    }

    /// Before this release.
    package static func until(_ major: Int, _ minor: Int) -> Self {
        Self(since: nil, until: LibvirtRelease(major, minor))
    }

    /// And no longer than before this release.
    package func until(_ major: Int, _ minor: Int) -> Self { Self(since: since, until: LibvirtRelease(major, minor)) }

    /// Whether a release has it.
    package func contains(_ release: LibvirtRelease) -> Bool {
        since.map { $0 <= release } ?? true && until.map { release < $0 } ?? true
    }
}

/// The names of one of libvirt's lists, each with the releases that know it.
package struct LibvirtNames: Sendable, ExpressibleByArrayLiteral {
    /// Those that 9.0 has, and later ones.
    package let always: [String]
    private let others: [(name: String, span: LibvirtSpan)]

    package init(arrayLiteral names: String...) {
        always = names
        others = []
    }

    private init(_ always: [String], _ others: [(name: String, span: LibvirtSpan)]) {
        self.always = always
        self.others = others
    }

    /// With names that not every release has.
    package func adding(_ names: String..., for span: LibvirtSpan) -> Self {
        Self(always, others + names.map { ($0, span) })
    }

    /// Whether a release knows a name.
    package func contains(_ name: String, in release: LibvirtRelease) -> Bool {
        always.contains(name) || others.contains { $0.name == name && $0.span.contains(release) }
    }

    /// Whether any release knows it.
    package func contains(_ name: String) -> Bool { always.contains(name) || others.contains { $0.name == name } }

    /// What a release knows.
    package func names(in release: LibvirtRelease) -> [String] {
        always + others.filter { $0.span.contains(release) }.map(\.name)
    }
}
