/// What lspci calls Intel's graphics devices where it prints names and no numbers.
///
/// Source: pci.ids of November 2026 (https://pci-ids.ucw.cz), the device ids of `Platform`.
enum GraphicsNames {
    /// The device ids that have a name, lowest first; empty for a name that none has. Older lists have only what newer ones
    /// put into brackets: `HD Graphics 630`.
    static func ids(_ name: Substring) -> [UInt16] { byName[name] ?? byBrand[name] ?? [] }

    private static let byBrand: [Substring: [UInt16]] = {
        var brands: [Substring: [UInt16]] = [:]
        for (name, ids) in byName {
            guard let start = name.lastIndex(of: "["), name.last == "]" else { continue }
            let brand = name[name.index(after: start)...].dropLast()
            // A number tells models apart; plain `UHD Graphics` could be anything.
            if brand.contains(where: \.isNumber) { brands[brand, default: []] += ids }
        }
        return brands.mapValues { $0.sorted() }
    }()

    private static let byName: [Substring: [UInt16]] = {
        var names: [Substring: [UInt16]] = [:]
        for line in table.split(separator: "\n") {
            guard let blank = line.firstIndex(of: " ") else { continue }
            let ids = line[..<blank].split(separator: ",").compactMap { UInt16($0, radix: 16) }
            names[line[line.index(after: blank)...]] = ids
        }
        return names
    }()

    private static let table: Substring = """
        0102,0106,0112,0116,0122,0126 2nd Generation Core Processor Family Integrated Graphics Controller
        2e02,2e12,2e22,2e32,2e42,2e92 4 Series Chipset Integrated Graphics Controller
        0416 4th Gen Core Processor Integrated Graphics Controller
        041e 4th Generation Core Processor Family Integrated Graphics Controller
        3577 82830M/MG Integrated Graphics Controller
        2562 82845G/GL[Brookdale-G]/GE Chipset Integrated Graphics Device
        3582 82852/855GM Integrated Graphics Device
        358e 82854 GMCH Integrated Graphics Device
        2572 82865G Integrated Graphics Controller
        2582 82915G/GV/910GL Integrated Graphics Controller
        2772 82945G/GZ Integrated Graphics Controller
        2972 82946GZ/GL Integrated Graphics Controller
        29c2 82G33/G31 Express Integrated Graphics Controller
        2982 82G35 Express Integrated Graphics Controller
        29a2 82G965 Integrated Graphics Controller
        29d2 82Q33 Express Integrated Graphics Controller
        29b2 82Q35 Express Integrated Graphics Controller
        2992 82Q963/Q965 Integrated Graphics Controller
        4688 Alder Lake-HX GT1 [UHD Graphics 770]
        46d3,46d4 Alder Lake-N [Intel Graphics]
        46d0,46d1,46d2 Alder Lake-N [UHD Graphics]
        46a3 Alder Lake-P GT1 [UHD Graphics]
        46a6 Alder Lake-P GT2 [Iris Xe Graphics]
        4626 Alder Lake-P Integrated Graphics Controller
        4693 Alder Lake-S GT1 [UHD Graphics 710]
        4682,4692 Alder Lake-S GT1 [UHD Graphics 730]
        4680,4690 Alder Lake-S GT1 [UHD Graphics 770]
        468a,468b Alder Lake-S [UHD Graphics]
        46b3 Alder Lake-UP3 GT1 [UHD Graphics]
        46a8 Alder Lake-UP3 GT2 [Iris Xe Graphics]
        4628 Alder Lake-UP3 GT2 [UHD Graphics]
        46c3 Alder Lake-UP4 GT1 [UHD Graphics]
        46aa Alder Lake-UP4 GT2 [Iris Xe Graphics]
        46c0 AlderLake-M GT1
        46c1 AlderLake-M [Iris Xe Graphics]
        46a0 AlderLake-P GT2
        46b0,46b1 AlderLake-P [Iris Xe Graphics]
        462a AlderLake-P [UHD Graphics]
        5a85 Apollo Lake GT1 [HD Graphics 500]
        5a84 Apollo Lake [HD Graphics 505]
        b640 Arrow Lake-H [Intel Graphics]
        7d51 Arrow Lake-P [Arc Pro 130T/140T]
        7dd1 Arrow Lake-P [Intel Graphics]
        7d67 Arrow Lake-S [Intel Graphics]
        7d41 Arrow Lake-U [Intel Graphics]
        a001,a011 Atom Processor D4xx/D5xx/N4xx/N5xx Integrated Graphics Controller
        0f31 Atom Processor Z36xxx/Z37xxx Series Graphics & Display
        22b0,22b1 Atom/Celeron/Pentium Processor x5-E8000/J3xxx/N3xxx Integrated Graphics Controller
        162a Broadwell-DT GT3 [Iris Pro Graphics P6300]
        1622 Broadwell-DT/H GT3 [Iris Pro Graphics 6200]
        1612 Broadwell-H GT2 [HD Graphics 5600]
        1606 Broadwell-U GT1 [HD Graphics]
        1616 Broadwell-U GT2 [HD Graphics 5500]
        1626 Broadwell-U GT3 [HD Graphics 6000]
        162b Broadwell-U GT3 [Iris Graphics 6100]
        1602,160a,160b,160d,160e,161a,161b,161d,162d,162e,1632,1636,163a,163b,163d,163e Broadwell-U Integrated Graphics
        161e Broadwell-Y GT2 [HD Graphics 5300]
        3e9c Coffee Lake-S GT1 [UHD Graphics 610]
        3e94,3e9a,9bf6 Coffee Lake-S GT2 [UHD Graphics P630]
        3ea9 Coffee Lake-U GT2 [UHD Graphics 620]
        3ea6 Coffee Lake-U GT3 [Iris Plus Graphics 645]
        3ea8 Coffee Lake-U GT3 [Iris Plus Graphics 655]
        3e9b CoffeeLake-H GT2 [UHD Graphics 630]
        3e90,3e93 CoffeeLake-S GT1 [UHD Graphics 610]
        3e91,3e92,3e98 CoffeeLake-S GT2 [UHD Graphics 630]
        3e96 CoffeeLake-S GT2 [UHD Graphics P630]
        3ea5 CoffeeLake-U GT3e [Iris Plus Graphics 655]
        9baa,9bac,9bca,9bcc Comet Lake UHD Graphics
        9ba4 Comet Lake-H GT1 [UHD Graphics 610]
        9bc6,9be6 Comet Lake-S GT2 [UHD Graphics P630]
        9b21 Comet Lake-U GT2 [UHD Graphics 620]
        9bc4 CometLake-H GT2 [UHD Graphics]
        9ba8 CometLake-S GT1 [UHD Graphics 610]
        9bc5,9bc8 CometLake-S GT2 [UHD Graphics 630]
        9b41 CometLake-U GT2 [UHD Graphics]
        0042,0046 Core Processor Integrated Graphics Controller
        64a0 Core Ultra 200V Series Processors Arc Graphics 130V/140V GPU
        0d12,0d16,0d26 Crystal Well Integrated Graphics Controller
        0d22 Crystal Well Integrated Iris Pro Graphics 5200
        258a E7221 Integrated Graphics Controller
        4555 Elkhart Lake [UHD Graphics Gen11 16EU]
        4571 Elkhart Lake [UHD Graphics Gen11 32EU]
        3185 GeminiLake [UHD Graphics 600]
        3184 GeminiLake [UHD Graphics 605]
        190b HD Graphics 510
        1921 HD Graphics 520
        1923 HD Graphics 535
        590b HD Graphics 610
        5921 HD Graphics 620
        5923 HD Graphics 635
        0406 Haswell Integrated Graphics Controller
        0a06,0a16,0a22,0a26,0a2a,0a2e Haswell-ULT Integrated Graphics Controller
        8a58 Ice Lake-Y GT1 [UHD Graphics G1]
        192b Iris Graphics 555
        8a56 Iris Plus Graphics G1 (Ice Lake)
        8a5a,8a5c Iris Plus Graphics G4 (Ice Lake)
        8a52,8a53 Iris Plus Graphics G7
        8a51 Iris Plus Graphics G7 (Ice Lake)
        1932 Iris Pro Graphics 580
        0156 Ivy Bridge mobile GT1 [HD Graphics]
        0166 Ivy Bridge mobile GT2 [HD Graphics 4000]
        0162 IvyBridge GT2 [HD Graphics 4000]
        4e55,4e61,4e71 JasperLake [UHD Graphics]
        591d Kaby Lake-DT GT2 [HD Graphics P630]
        591b Kaby Lake-H GT2 [HD Graphics 630]
        5917 Kaby Lake-R GT2 [UHD Graphics 620]
        5902 Kaby Lake-S GT1 [HD Graphics 610]
        5912 Kaby Lake-S GT2 [HD Graphics 630]
        5906 Kaby Lake-U GT1 [HD Graphics 610]
        5916 Kaby Lake-U GT2 [HD Graphics 620]
        5926 Kaby Lake-U GT3 [Iris Plus Graphics 640]
        5927 Kaby Lake-U GT3 [Iris Plus Graphics 650]
        591e Kaby Lake-Y GT2 [HD Graphics 615]
        6420,64b0 Lunar Lake [Intel Graphics]
        7d40,7d60 Meteor Lake-M [Intel Graphics]
        7d55 Meteor Lake-P [Intel Arc Graphics]
        7d45,7dd5 Meteor Lake-P [Intel Graphics]
        2a42 Mobile 4 Series Chipset Integrated Graphics Controller
        2592 Mobile 915GM/GMS/910GML Express Graphics Controller
        27a2 Mobile 945GM/GMS, 943/940GML Express Integrated Graphics Controller
        27ae Mobile 945GSE Express Integrated Graphics Controller
        2a02 Mobile GM965/GL960 Integrated Graphics Controller (primary)
        2a12 Mobile GME965/GLE960 Integrated Graphics Controller
        d742 NVL-H
        d743,d745 NVL-HX
        d750,d751,d752,d753,d754,d755,d756,d757,d75f NVL-P
        d740,d74a,d74b NVL-S
        d741 NVL-U
        b081,b083 Panther Lake [Arc B370]
        b080,b082 Panther Lake [Arc B390]
        b085,b087 Panther Lake [Arc Pro B370]
        b084,b086 Panther Lake [Arc Pro B390]
        b08f,b090,b0a0,b0b0 Panther Lake [Intel Graphics]
        a7aa,a7ab Raptor Lake-P [Intel Graphics]
        a7a0,a7a1 Raptor Lake-P [Iris Xe Graphics]
        a720,a721,a7a8,a7a9 Raptor Lake-P [UHD Graphics]
        a780 Raptor Lake-S GT1 [UHD Graphics 770]
        a781,a782,a783,a788,a789,a78a,a78b Raptor Lake-S UHD Graphics
        a7ac,a7ad Raptor Lake-U [Intel Graphics]
        4c8b RocketLake-S GT1 [UHD Graphics 730]
        4c8a RocketLake-S GT1 [UHD Graphics 750]
        4c90 RocketLake-S GT1 [UHD Graphics P750]
        4c9a RocketLake-S [UHD Graphics]
        191d Skylake-DT/H GT2 [HD Graphics P530]
        191b Skylake-H GT2 [HD Graphics 530]
        192d Skylake-H GT3 [Iris Graphics P555]
        193b Skylake-H GT4 [Iris Pro Graphics 580]
        193a,193d Skylake-H GT4 [Iris Pro Graphics P580]
        1902 Skylake-S GT1 [HD Graphics 510]
        1912 Skylake-S GT2 [HD Graphics 530]
        1906 Skylake-U GT1 [HD Graphics 510]
        1916 Skylake-U GT2 [HD Graphics 520]
        1926 Skylake-U GT3 [Iris Graphics 540]
        1927 Skylake-U GT3 [Iris Graphics 550]
        191e Skylake-Y GT2 [HD Graphics 515]
        9a70 Tiger Lake-H GT1 [UHD Graphics]
        9a78 Tiger Lake-LP GT2 [UHD Graphics G4]
        9a40 Tiger Lake-UP4 GT2 [Iris Xe Graphics]
        9a60,9a68 TigerLake-H GT1 [UHD Graphics]
        9a49 TigerLake-LP GT2 [Iris Xe Graphics]
        46a1 UHD Graphics
        591c UHD Graphics 615
        87c0,87ca UHD Graphics 617
        3ea1 Whiskey Lake-U GT1 [UHD Graphics 610]
        3ea0 WhiskeyLake-U GT2 [UHD Graphics 620]
        fd80,fd81 Wildcat Lake [Intel Graphics]
        010a Xeon E3-1200 Processor Family Integrated Graphics Controller
        0152,016a Xeon E3-1200 v2/3rd Gen Core processor Graphics Controller
        015a Xeon E3-1200 v2/Ivy Bridge Graphics Controller
        040a,041a Xeon E3-1200 v3 Processor Integrated Graphics Controller
        0402,0412 Xeon E3-1200 v3/4th Gen Core Processor Integrated Graphics Controller
        """
}
