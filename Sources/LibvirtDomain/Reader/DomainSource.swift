package import BerthDiagnostics

/// Reading what should be a domain.
package enum DomainSource {
    /// Errors: those of `read`; where the input is no XML at all they say what to give instead.
    package static func reading<Value>(_ read: () throws(InputError) -> Value) throws(InputError) -> Value {
        do throws(InputError) {
            return try read()
        } catch {
            throw asking(error)
        }
    }

    package static func asking(_ error: InputError) -> InputError {
        var error = error
        for index in error.findings.indices where error.findings[index].rule == SchemaRule.start.id {
            error.findings[index].message += "; give a libvirt domain, as 'virsh dumpxml NAME' prints it"
        }
        return error
    }
}
