package import BerthDiagnostics
package import BerthStack

/// What a guest is given an IGD for. With the guest's OS it decides what of stolen memory and the OpRegion somebody needs, and
/// which losses are losses.
public enum Purpose: String, Hashable, Sendable, CaseIterable {
    /// A monitor on the IGD, once the guest's driver runs.
    case display
    /// A picture on it from power-on: boot menus, disk passwords.
    case bootDisplay = "boot-display"
    /// No monitor: transcoding and computing.
    case render

    /// Reads `display`, `boot-display`, `render`.
    ///
    /// Errors: anything else, with what is near.
    package static func parse(_ text: String) throws(UnknownName) -> Purpose {
        guard let purpose = Purpose(rawValue: text) else {
            throw UnknownName(text, notOneOf: allCases.map(\.rawValue))
        }
        return purpose
    }

    /// Why a guest with this OS cannot have the purpose, in one sentence; nil if it can.
    ///
    /// Both purposes that need a driver need an OS that has one.
    package func problem(with guest: GuestOS) -> String? {
        guard guest == .firmwareOnly, self != .bootDisplay else { return nil }
        return
            "the purpose '\(rawValue)' needs a driver, and the guest '\(guest)' has no operating system; it can have "
            + "'\(Purpose.bootDisplay.rawValue)', or another guest OS"
    }
}

extension GuestTopology {
    /// The purpose that was given, or what a guest without one is for: a display, and where no OS runs a picture from power-on.
    package var use: Purpose { purpose ?? (guest == .firmwareOnly ? .bootDisplay : .display) }

    /// Errors: a purpose that was given and that the guest's OS cannot have.
    package func checkPurpose(at location: SourceLocation? = nil) throws(InputError) {
        guard let problem = purpose?.problem(with: guest) else { return }
        throw InputError(problem, rule: "purpose", at: location, kind: location == nil ? .usage : .unusable)
    }
}
