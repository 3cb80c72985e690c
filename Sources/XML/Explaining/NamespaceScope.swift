/// The namespaces declared around an element.
struct NamespaceScope {
    private var uris: [String: String] = ["xml": "http://www.w3.org/XML/1998/namespace"]

    func entering(_ element: XMLElement) -> NamespaceScope {
        guard !element.namespaces.isEmpty else { return self }
        var copy = self
        for namespace in element.namespaces { copy.uris[namespace.prefix] = namespace.uri }
        return copy
    }

    /// A prefix nobody declared stays part of the name, as libxml2 has it.
    func name(of element: XMLElement) -> ExpandedName { expanded(element.name, default: uris[""] ?? "") }

    func name(ofAttribute attribute: XMLAttribute) -> ExpandedName { expanded(attribute.name, default: "") }

    private func expanded(_ name: String, default uri: String) -> ExpandedName {
        guard let colon = name.firstIndex(of: ":") else { return ExpandedName(namespace: uri, local: name) }
        guard let uri = uris[String(name[..<colon])] else { return ExpandedName(namespace: "", local: name) }
        return ExpandedName(namespace: uri, local: String(name[name.index(after: colon)...]))
    }
}
