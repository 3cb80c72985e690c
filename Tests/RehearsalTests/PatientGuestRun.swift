import BerthRehearsal

extension GuestRun {
    /// Hundreds of tests share few processors: what waits for its turn is not late.
    static var patient: GuestRun {
        var run = GuestRun()
        run.timeLimit = .seconds(1800)
        return run
    }
}
