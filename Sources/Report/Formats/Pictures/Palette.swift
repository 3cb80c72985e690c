import BerthTopology

/// The colours of pictures, by what they stand for: one row each, for light and for dark.
///
/// Words are never told apart by colour alone. Ink on every fill has a contrast of 4.5 and more, which a test works out.
package enum Palette {
    package struct Colour: Hashable, Sendable {
        package let name: String
        /// `#rrggbb`
        package let light: String
        package let dark: String
        package let use: Use
    }

    package enum Use: Hashable, Sendable {
        /// What text stands on.
        case fill
        /// Text, on every fill.
        case ink
        /// Text, on the page only.
        case quietInk
        /// Lines, which carry no text.
        case line
    }

    package static let colours: [Colour] = [
        Colour(name: "page", light: "#ffffff", dark: "#14181d", use: .fill),
        Colour(name: "card", light: "#f5f7f9", dark: "#1c2229", use: .fill),
        Colour(name: "ink", light: "#1b1f24", dark: "#eef1f4", use: .ink),
        Colour(name: "quiet", light: "#505963", dark: "#aab4bf", use: .quietInk),
        Colour(name: "good", light: "#176639", dark: "#6fd69b", use: .quietInk),
        Colour(name: "fair", light: "#855400", dark: "#f0b55b", use: .quietInk),
        Colour(name: "bad", light: "#b3261e", dark: "#ff8a80", use: .quietInk),
        Colour(name: "link", light: "#0a58ad", dark: "#7db8ff", use: .quietInk),
        Colour(name: "line", light: "#b6bec7", dark: "#4b5561", use: .line),
        Colour(name: "ram", light: "#d3e3f7", dark: "#1d3553", use: .fill),
        Colour(name: "reserved", light: "#d9dce1", dark: "#3a414b", use: .fill),
        Colour(name: "window", light: "#e6e0f6", dark: "#332b54", use: .fill),
        Colour(name: "bar", light: "#cdeadd", dark: "#17463a", use: .fill),
        Colour(name: "igd", light: "#9fd9bf", dark: "#1b5f47", use: .fill),
        Colour(name: "stolen", light: "#ffd07f", dark: "#744d00", use: .fill),
        Colour(name: "opregion", light: "#f6bcd8", dark: "#772450", use: .fill),
        Colour(name: "user", light: "#fff1cc", dark: "#3d3315", use: .fill),
        Colour(name: "on", light: "#4a9d7c", dark: "#3f9274", use: .line),
        Colour(name: "gone", light: "#d32f2f", dark: "#ff6b60", use: .line),
        Colour(name: "unmissed", light: "#9aa4ae", dark: "#77828e", use: .line),
    ]

    /// The colours as custom properties of CSS, for light and dark.
    static var css: String {
        let rows = { (colour: KeyPath<Colour, String>) in
            colours.map { "--\($0.name):\($0[keyPath: colour]);" }.joined()
        }
        return ":root{\(rows(\.light))}\n@media (prefers-color-scheme:dark){:root{\(rows(\.dark))}}\n"
            + ":root.light{\(rows(\.light))}\n:root.dark{\(rows(\.dark))}\n@media print{:root,:root.dark{\(rows(\.light))}}\n"
    }

    static func fill(_ kind: AddressMap.Kind) -> String {
        switch kind {
        case .ram: "ram"
        case .reserved: "reserved"
        case .aperture: "card"
        case .window: "window"
        case .bar, .rom: "bar"
        case .graphicsBAR: "igd"
        case .region(.stolenMemory): "stolen"
        case .region(.opRegion): "opregion"
        }
    }
}
