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
    @TaskLocal package static var observer: Observer?

    /// Not a bare function: setting a task-local optional function crashes in optimised code (Swift 6.3).
    package struct Observer: Sendable {
        private let saw: @Sendable (DocumentStage) -> Void
        package init(_ saw: @escaping @Sendable (DocumentStage) -> Void) { self.saw = saw }
        fileprivate func note(_ stage: DocumentStage) { saw(stage) }
    }

    package func note() { Self.observer?.note(self) }
}
