import CBuild

/// Which berth this is.
enum Build {
    static let number = "0.1.0"

    /// `0.1.0 (1fdd3ac)`; without the commit where the build was not told of it.
    static var version: String {
        let commit = String(cString: berth_commit())
        return commit.isEmpty ? number : "\(number) (\(commit))"
    }
}
