import Foundation
import BerthReport
import Testing

/// Contrast of the pictures' colours (WCAG 2.1 §1.4.3, relative luminance).
struct PaletteTests {
    private func luminance(_ colour: String) throws -> Double {
        let value = try #require(UInt32(colour.dropFirst(), radix: 16))
        let parts = [16, 8, 0].map { shift -> Double in
            let part = Double(value >> UInt32(shift) & 0xff) / 255
            return part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    private func contrast(_ a: String, _ b: String) throws -> Double {
        let (first, second) = (try luminance(a), try luminance(b))
        return (max(first, second) + 0.05) / (min(first, second) + 0.05)
    }

    @Test func `black on white is 21`() throws {
        #expect(try contrast("#000000", "#ffffff") == 21)
    }

    @Test func `ink stands out from every fill, quiet ink from the page, its cards and what is chosen`() throws {
        let (inks, fills) = (
            Palette.colours.filter { $0.use == .ink || $0.use == .quietInk }, Palette.colours.filter { $0.use == .fill }
        )
        #expect(inks.count == 6 && fills.count == 10)
        for ink in inks {
            for fill in fills where ink.use == .ink || ["page", "card", "user"].contains(fill.name) {
                #expect(try contrast(ink.light, fill.light) >= 4.5, "\(ink.name) on \(fill.name)")
                #expect(try contrast(ink.dark, fill.dark) >= 4.5, "\(ink.name) on \(fill.name), dark")
            }
        }
    }

    @Test func `what is missing stands out from the lane and from the region`() throws {
        let named = Dictionary(uniqueKeysWithValues: Palette.colours.map { ($0.name, $0) })
        let gone = try #require(named["gone"])
        for name in ["page", "card", "user"] {
            let ground = try #require(named[name])
            #expect(try contrast(gone.light, ground.light) >= 3)
            #expect(try contrast(gone.dark, ground.dark) >= 3)
        }
    }
}
