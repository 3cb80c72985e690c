import Foundation

/// A program that ends before it has read all of its input raises SIGPIPE in whoever writes, which would end the tests.
enum BrokenPipe {
    /// From the first look at it on, a write to nobody is an error like others.
    static let isAnError: Bool = {
        signal(SIGPIPE, SIG_IGN)
        return true
    }()
}
