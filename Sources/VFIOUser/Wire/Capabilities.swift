import FoundationEssentials

/// What the two ends tell each other in the first message, as JSON that ends with a NUL.
///
/// Source: QEMU docs/interop/vfio-user.rst, "VFIO_USER_VERSION".
struct ClientCapabilities: Hashable {
    /// How many descriptors one message may carry. The protocol's default is 1.
    var descriptors = 1

    private struct Written: Decodable {
        var capabilities: Members?
        struct Members: Decodable { var max_msg_fds: Int? }
    }

    /// No bytes at all are the defaults; nil is text that is no such JSON.
    init?(_ bytes: [UInt8]) {
        let text = bytes.last == 0 ? bytes.dropLast() : bytes[...]
        guard !text.isEmpty else { return }
        guard text.count <= WireLimit.capabilities, Self.depth(of: text) <= 16,
            let written = try? JSONDecoder().decode(Written.self, from: Data(text))
        else { return nil }
        descriptors = written.capabilities?.max_msg_fds ?? descriptors
    }

    /// Of brackets, those in text included: a bound, not a grammar.
    private static func depth(of text: ArraySlice<UInt8>) -> Int {
        var depth = 0
        var deepest = 0
        for byte in text {
            if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { depth += 1 }
            if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") { depth -= 1 }
            deepest = max(deepest, depth)
        }
        return deepest
    }

    /// Ours: `write_multiple` and `migration` are left out, so nobody asks for them.
    static let ofServer: [UInt8] =
        Array("{\"capabilities\":{\"max_msg_fds\":1,\"max_data_xfer_size\":\(WireLimit.data),\"pgsizes\":4096}}".utf8)
        + [0]
}
