package import Synchronization

/// A value made when first asked for and then kept, for all that share it; who asks meanwhile waits.
package final class Once<Value: Sendable>: Sendable {
    @usableFromInline let made = Mutex<Value?>(nil)

    @inlinable package init() {}

    @inlinable package func callAsFunction(_ make: () -> Value) -> Value {
        made.withLock { made in
            if let made { return made }
            let value = make()
            made = value
            return value
        }
    }
}
