import BerthPCI
import BerthTopology

/// What the firmware does to the decode of one function, from reset to hand-over.
protocol FirmwareDecode {
    func run(_ decode: inout FunctionDecode)
}
