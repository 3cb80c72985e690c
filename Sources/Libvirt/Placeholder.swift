public import BerthTopology

public enum DomainWriter {
    public static func write(_ topology: GuestTopology) throws(EmissionRefusal) -> String { "" }
}
