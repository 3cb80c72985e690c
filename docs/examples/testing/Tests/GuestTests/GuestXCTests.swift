import BerthTesting
import Foundation
import XCTest

final class GuestXCTests: XCTestCase {
    func testLibvirtTakesTheDomain() throws {
        let path = try XCTUnwrap(Bundle.module.path(forResource: "guest", ofType: "xml"))
        let domain = try DomainXML(contentsOf: path)
        XCTAssert(domain.isValid, "\(domain)")
        XCTAssertEqual(try domain.prediction().address(of: "ua-igd"), PCIAddress("00:02.0"))
    }
}
