import BerthBundled
import BerthPCI
import BerthReport
import BerthTopology
import BerthXML
import Testing

/// Drawings and pages are XML, refer to nothing that is not there, and take nothing from a name but its letters.
struct PictureFormatTests {
    @Test(arguments: BundledTopologies.names)
    func `drawings are SVG`(name: String) throws {
        for text in try Pictures.drawings(try Reports.guest(name)) {
            let root = try Pictures.read(text)
            #expect(root.localName == "svg" && root.elements().first?.localName == "title")
            #expect(root.namespaces.map(\.uri) == ["http://www.w3.org/2000/svg"])
            check(root)
            // Nothing reaches beyond the sheet.
            let width = try #require(root["width"].flatMap(Double.init))
            for rect in root.all("rect") {
                guard let x = rect["x"].flatMap(Double.init), let own = rect["width"].flatMap(Double.init) else { continue }
                #expect(x >= 0 && x + own <= width)
            }
        }
    }

    @Test(arguments: BundledTopologies.names)
    func `pages are whole in themselves`(name: String) throws {
        for text in try Pictures.pages(try Reports.guest(name)) {
            let root = try Pictures.read(text)
            check(root)
            #expect(root["lang"] == "en" && root.all("h1").count == 1 && root.all("main").count == 1)
            // What has no words of its own is named.
            for svg in root.all("svg") where svg["role"] == "img" { #expect(svg["aria-label"]?.isEmpty == false) }
            for header in root.all("th") { #expect(header["scope"] != nil) }
            let ids = Set(root.all.compactMap { $0["id"] })
            for label in root.all("label") {
                let own = label["for"].map(ids.contains) ?? !label.all("input").isEmpty
                #expect(own)
            }
            // A panel for every choice, one of them chosen.
            let choices = root.all("input").filter { $0["type"] == "radio" }
            for choice in choices {
                let id = try #require(choice["id"])
                #expect(ids.contains(id.replacing("choice", with: "panel")))
            }
            #expect(choices.isEmpty || choices.filter { $0["checked"] != nil }.count == 1)
        }
    }

    /// No id twice, nothing fetched, nothing run but the page's own script.
    private func check(_ root: XMLElement) {
        let ids = root.all.compactMap { $0["id"] }
        #expect(Set(ids).count == ids.count)
        for element in root.all {
            #expect(!["img", "link", "iframe", "object", "image", "use", "foreignObject"].contains(element.localName))
            for attribute in element.attributes {
                #expect(!attribute.name.hasPrefix("on") && !["src", "xlink:href"].contains(attribute.name))
                if attribute.name == "href" { #expect(attribute.value.hasPrefix("#")) }
            }
        }
        #expect(root.all("script").count == (root.localName == "html" ? 1 : 0))
        #expect(!root.all("style").contains { $0.text.contains("url(") || $0.text.contains("@import") })
    }

    private static let hostile = "</title></style><script>alert(1)</script><img src=x onerror=\"alert('2')\">&\u{202e}\u{1}"

    @Test func `a name of markup stays a name`() throws {
        var guest = try Reports.guest("q35-busy")
        guest.name = Self.hostile
        for index in guest.devices.indices { guest.devices[index].id += Self.hostile }
        for text in try Pictures.drawings(guest) + Pictures.pages(guest) {
            let root = try Pictures.read(text)
            check(root)
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
