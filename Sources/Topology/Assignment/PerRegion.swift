/// One value for each region.
package struct PerRegion<Value> {
    package var stolenMemory: Value
    package var opRegion: Value

    @inlinable
    package init(stolenMemory: Value, opRegion: Value) {
        self.stolenMemory = stolenMemory
        self.opRegion = opRegion
    }

    @inlinable
    package static func same(_ value: Value) -> PerRegion { PerRegion(stolenMemory: value, opRegion: value) }

    @inlinable
    package init(_ value: (Region) throws -> Value) rethrows {
        self.init(stolenMemory: try value(.stolenMemory), opRegion: try value(.opRegion))
    }

    /// `own` for a region and `other` for the other one.
    @inlinable
    package init(_ own: Value, for region: Region, other: Value) {
        self.init(stolenMemory: own, opRegion: other)
        if region == .opRegion { swap(&stolenMemory, &opRegion) }
    }

    @inlinable
    package subscript(region: Region) -> Value {
        get { region == .stolenMemory ? stolenMemory : opRegion }
        _modify {
            switch region {
            case .stolenMemory: yield &stolenMemory
            case .opRegion: yield &opRegion
            }
        }
    }

    /// In the order of regions.
    @inlinable
    package var both: [Value] { [stolenMemory, opRegion] }

    @inlinable
    package func map<Result>(_ transform: (Value) throws -> Result) rethrows -> PerRegion<Result> {
        PerRegion<Result>(stolenMemory: try transform(stolenMemory), opRegion: try transform(opRegion))
    }
}

extension PerRegion: Equatable where Value: Equatable {}
extension PerRegion: Hashable where Value: Hashable {}
extension PerRegion: Sendable where Value: Sendable {}
