/// QEMU's option syntax, as far as values have to be written for it.
package enum OptionText {
    /// A comma in a value is written twice.
    ///
    /// Source: `opts_parse` in util/qemu-option.c @ QEMU 7.2.
    package static func escaped(_ value: String) -> String {
        value.split(separator: ",", omittingEmptySubsequences: false).joined(separator: ",,")
    }
}
