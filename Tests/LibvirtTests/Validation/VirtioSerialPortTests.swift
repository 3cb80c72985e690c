import BerthDiagnostics
import BerthLibvirtDomain
import Testing

@Suite struct VirtioSerialPortTests {
    private func channel(_ name: String, controller: Int, port: Int) -> String {
        """
        <channel type='null'>
          <target type='virtio' name='\(name)'/>
          <address type='virtio-serial' controller='\(controller)' bus='0' port='\(port)'/>
        </channel>
        """
    }

    private func messages(_ devices: String) -> [String] {
        Validating.findings(Validating.domain(devices: devices)).filter { $0.severity == .error }.map {
            "\($0.message) [\($0.rule)]"
        }
    }

    private static let controller = "<controller type='virtio-serial' index='0' ports='4'/>"

    @Test func `ports that are there and free are fine`() {
        let devices = Self.controller + channel("a", controller: 0, port: 1) + channel("b", controller: 0, port: 3)
        #expect(messages(devices) == [])
    }

    @Test func `a port above the controller's number is refused in libvirt's words`() {
        #expect(
            messages(Self.controller + channel("a", controller: 0, port: 4))
                == ["virtio serial controller 0 does not have port 4 [virtio-serial-port]"])
    }

    @Test func `two devices at one port are refused in libvirt's words`() {
        #expect(
            messages(Self.controller + channel("a", controller: 0, port: 2) + channel("b", controller: 0, port: 2))
                == ["virtio serial port 2 on controller 0 is already occupied [virtio-serial-port]"])
    }
}
