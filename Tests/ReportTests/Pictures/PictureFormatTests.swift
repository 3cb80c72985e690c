import BerthBundled
import BerthPCI
import BerthReport
import BerthTopology
import BerthXML
import Foundation
import TestSupport
import Testing

/// Drawings and pages are XML, refer to nothing that is not there, and take nothing from a name but its letters.
struct PictureFormatTests {
    /// A small one, a large one, one with UEFI, one without a plan for both regions.
    private static let guests = ["pc-seabios-gen9", "q35-busy", "q35-ovmf-gen11", "q35-nothing-fits"]

    @Test(arguments: guests)
    func `drawings are SVG`(name: String) throws {
        for text in try Pictures.drawings(try Reports.guest(name)) {
            let root = try Pictures.read(text)
            #expect(root.localName == "svg" && root.elements().first?.localName == "title")
            #expect(root.namespaces.map(\.uri) == ["http://www.w3.org/2000/svg"])
            let all = root.all
            check(all)
            // Nothing reaches beyond the sheet.
            let width = try #require(root["width"].flatMap(Double.init))
            for rect in all where rect.localName == "rect" {
                guard let x = rect["x"].flatMap(Double.init), let own = rect["width"].flatMap(Double.init) else {
                    continue
                }
                #expect(x >= 0 && x + own <= width)
            }
        }
    }

    @Test(arguments: guests)
    func `pages are whole in themselves`(name: String) throws {
        for text in try Pictures.pages(try Reports.guest(name)) {
            let root = try Pictures.read(text)
            let all = root.all
            check(all)
            #expect(root["lang"] == "en" && all.count { $0.localName == "h1" } == 1)
            let ids = Set(all.compactMap { $0["id"] })
            var chosen = 0
            for element in all {
                switch element.localName {
                // What has no words of its own is named.
                case "svg" where element["role"] == "img": #expect(element["aria-label"]?.isEmpty == false)
                case "th": #expect(element["scope"] != nil)
                case "label": #expect(element["for"].map(ids.contains) ?? !element.all("input").isEmpty)
                case "input" where element["type"] == "radio":
                    let id = try #require(element["id"])
                    #expect(ids.contains(id.replacing("choice", with: "panel")))
                    if element["checked"] != nil { chosen += 1 }
                default: break
                }
            }
            // A panel for every choice, one of them chosen.
            #expect(chosen == (ids.contains("choice-1") ? 1 : 0))
        }
    }

    /// No id twice, nothing fetched, nothing run but the page's own script.
    private func check(_ all: [XMLElement]) {
        let ids = all.compactMap { $0["id"] }
        let known = Set(ids)
        #expect(known.count == ids.count)
        let fetching: Set = ["img", "link", "iframe", "object", "image", "foreignObject"]
        var scripts = 0
        for element in all {
            #expect(!fetching.contains(element.localName))
            for attribute in element.attributes {
                #expect(!attribute.name.hasPrefix("on") && !["src", "xlink:href"].contains(attribute.name))
                if attribute.name == "href" { #expect(attribute.value.hasPrefix("#")) }
            }
            // A shape of the page itself, once more.
            if element.localName == "use" {
                #expect(element["href"].map { $0.hasPrefix("#s") && known.contains(String($0.dropFirst())) } == true)
            }
            if element.localName == "script" { scripts += 1 }
            if element.localName == "style" {
                #expect(!element.text.contains("url(") && !element.text.contains("@import"))
            }
        }
        #expect(scripts == (all.first?.localName == "html" ? 1 : 0))
    }

    @Test func `a page lets its own script run and no other`() async throws {
        let text = SimulationPage.render(try Pictures.simulated(try Reports.guest("pc-seabios-gen9")))
        let start = try #require(text.range(of: "<script>")).upperBound
        let end = try #require(text.range(of: "</script>")).lowerBound
        let sum = try await Program("sha256sum", package: "coreutils")([], input: String(text[start..<end])).output
        let digits = Array(sum.prefix(64))
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0...$0 + 1]), radix: 16)
        }
        #expect(bytes.count == 32)
        #expect(text.contains("script-src 'sha256-\(Data(bytes).base64EncodedString())';"))
    }

    private static let hostile =
        "</title></style><script>alert(1)</script><img src=x onerror=\"alert('2')\">&\u{202e}\u{1}"

    @Test func `a name of markup stays a name`() throws {
        var guest = try Reports.guest("q35-busy")
        guest.name = Self.hostile
        // Others name a bridge by its id.
        let buses = Set(guest.devices.map { $0.slot.bus.description })
        for index in guest.devices.indices where !buses.contains(guest.devices[index].id) {
            guest.devices[index].id += Self.hostile
        }
        for text in try Pictures.drawings(guest) + Pictures.pages(guest) {
            let root = try Pictures.read(text)
            check(root.all)
            #expect(root.all("title").contains { $0.text.contains("</title></style><script>alert(1)</script>") })
            #expect(!text.unicodeScalars.contains { $0.value == 0x202e || $0.value == 1 })
        }
        // Long names stay inside a map, too.
        let map = MapText.render(try Pictures.simulated(guest))
        for line in map.split(separator: "\n").dropFirst(3) { #expect(line.count <= 100) }
    }

    @Test func `a guest without an IGD, and one that stops, are drawn as far as they get`() throws {
        var plain = try Reports.guest("pc-seabios-gen9")
        plain.igd = nil
        #expect(SimulationPage.render(try Pictures.simulated(plain)).contains("<h2>Addresses</h2>"))
        var full = try Reports.guest("q35-ovmf-gen9")
        full.devices[0].described = nil
        #expect(SimulationSheet.render(try Pictures.simulated(full)).contains("</svg>"))
    }
}
