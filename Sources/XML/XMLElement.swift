/// An element: a qualified name, attributes in order, children in order.
///
/// Rules hand elements about by the hundred, so that copies share what is in them; a change makes it anew.
package struct XMLElement: Hashable, Sendable {
    private var contents: Contents

    /// With its prefix, as written: `qemu:arg`.
    package var name: String {
        get { contents.fields.name }
        set { change { $0.name = newValue } }
    }
    /// Namespaces declared on this element.
    package var namespaces: [XMLNamespace] {
        get { contents.fields.namespaces }
        set { change { $0.namespaces = newValue } }
    }
    package var attributes: [XMLAttribute] {
        get { contents.fields.attributes }
        set { change { $0.attributes = newValue } }
    }
    package var children: [XMLNode] {
        get { contents.fields.children }
        set { change { $0.children = newValue } }
    }
    /// The line, counted from 1, on which the start tag ends; nil for an element that was not read.
    package var line: Int? {
        get { contents.fields.line }
        set { change { $0.line = newValue } }
    }
    /// Where the start tag begins; nil for an element that was not read, or not from an encoding in which positions are
    /// known (`SourceText`). Like `line` it takes part in comparisons; `withoutLines` leaves both out.
    package var position: XMLPosition? {
        get { contents.fields.position }
        set { change { $0.position = newValue } }
    }

    package init(
        _ name: String, _ attributes: KeyValuePairs<String, String> = [:], namespaces: [XMLNamespace] = [],
        _ children: [XMLElement] = []
    ) {
        self.init(
            Fields(
                name: name, namespaces: namespaces, attributes: attributes.map { XMLAttribute($0.key, $0.value) },
                children: children.map { .element($0) }))
    }

    init(_ fields: Fields) { contents = Contents(fields) }

    /// An element that holds text only.
    package init(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String) {
        self.init(name, attributes)
        children = [.text(text)]
    }

    /// The value of an attribute, by its qualified name. Setting keeps the place of an attribute that is
    /// there, appends one that is not, and removes it for nil.
    package subscript(_ name: String) -> String? {
        get {
            for attribute in attributes where attribute.name == name { return attribute.value }
            return nil
        }
        set {
            let index = attributes.firstIndex { $0.name == name }
            switch (index, newValue) {
            case (let index?, let value?): attributes[index].value = value
            case (let index?, nil): attributes.remove(at: index)
            case (nil, let value?): attributes.append(XMLAttribute(name, value))
            case (nil, nil): break
            }
        }
    }

    package mutating func append(_ element: XMLElement) { children.append(.element(element)) }

    /// Child elements in order, of one name or of all.
    package func elements(_ name: String? = nil) -> [XMLElement] {
        var found: [XMLElement] = []
        for case .element(let element) in children where name == nil || element.name == name { found.append(element) }
        return found
    }

    package func first(_ name: String) -> XMLElement? {
        for case .element(let element) in children where element.name == name { return element }
        return nil
    }

    /// The text of this element's own children, without that of elements below it.
    package var text: String {
        if children.count == 1, case .text(let text) = children[0] { return text }
        return children.map { if case .text(let text) = $0 { text } else { "" } }.joined()
    }

    /// An attribute, by its qualified name.
    package func attribute(_ name: String) -> XMLAttribute? { attributes.first { $0.name == name } }

    /// The same tree without lines and positions, for comparing what was read with what was written.
    package var withoutLines: XMLElement {
        var copy = self
        copy.line = nil
        copy.position = nil
        for index in copy.attributes.indices { copy.attributes[index].position = nil }
        copy.children = children.map { child in
            if case .element(let element) = child { .element(element.withoutLines) } else { child }
        }
        return copy
    }
}

extension XMLElement {
    package static func == (left: XMLElement, right: XMLElement) -> Bool {
        left.contents === right.contents || left.contents.fields == right.contents.fields
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(contents.fields) }

    private mutating func change(_ change: (inout Fields) -> Void) {
        var fields = contents.fields
        change(&fields)
        contents = Contents(fields)
    }

    struct Fields: Hashable, Sendable {
        var name: String
        var namespaces: [XMLNamespace] = []
        var attributes: [XMLAttribute] = []
        var children: [XMLNode] = []
        var line: Int?
        var position: XMLPosition?
    }

    private final class Contents: Sendable {
        let fields: Fields
        init(_ fields: Fields) { self.fields = fields }
    }
}

/// What an element holds. Processing instructions have no place here: libvirt drops them, and so do we.
package enum XMLNode: Hashable, Sendable {
    case element(XMLElement)
    case text(String)
    case comment(String)
}

/// An attribute that is not a namespace declaration.
package struct XMLAttribute: Hashable, Sendable {
    /// With its prefix, as written.
    package var name: String
    package var value: String
    /// Where the name begins; nil as for elements.
    package var position: XMLPosition?
    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// A namespace declaration.
package struct XMLNamespace: Hashable, Sendable {
    /// Empty for the default namespace.
    package var prefix: String
    package var uri: String
    package init(_ prefix: String, _ uri: String) {
        self.prefix = prefix
        self.uri = uri
    }
}
