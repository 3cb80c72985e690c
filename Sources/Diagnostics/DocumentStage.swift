/// What a document goes through on its way to a guest; each is work that one text needs once.
package enum DocumentStage: Hashable, Sendable, CaseIterable {
    /// The text became a tree.
    case parsed
    /// The tree was read as libvirt reads it.
    case written
    /// Everything has an address.
    case assigned
    /// QEMU's command line was made of it, and the guest of that.
    case guest

    /// Who wants to know how often. Tests set it for what they run; nobody else does.
    @TaskLocal package static var observer: (@Sendable (DocumentStage) -> Void)?

    package func note() { Self.observer?(self) }
}
