package org.postel.mailbox.web;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** An XML document that is written from its beginning to its end; texts are escaped. */
final class XmlDocument {

    private static final XMLOutputFactory WRITERS = XMLOutputFactory.newFactory();

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter writer;

    /** What goes into an element. */
    @FunctionalInterface
    interface Inside {
        void write() throws XMLStreamException;
    }

    XmlDocument() throws XMLStreamException {
        writer = WRITERS.createXMLStreamWriter(text);
        writer.writeStartDocument("UTF-8", "1.0");
        writer.writeCharacters("\n");
    }

    /** An element with attributes, as name and value in turn. */
    void element(String name, Inside inside, String... attributes) throws XMLStreamException {
        writer.writeStartElement(name);
        for (int i = 0; i < attributes.length; i += 2) {
            writer.writeAttribute(attributes[i], attributes[i + 1]);
        }
        inside.write();
        writer.writeEndElement();
        writer.writeCharacters("\n");
    }

    /** The same in a namespace, which is that of all within. */
    void element(String name, String namespace, Inside inside) throws XMLStreamException {
        writer.writeStartElement(name);
        writer.writeDefaultNamespace(namespace);
        inside.write();
        writer.writeEndElement();
        writer.writeCharacters("\n");
    }

    /** What stands before the first element. */
    void doctype(String declaration) throws XMLStreamException {
        writer.writeDTD(declaration);
        writer.writeCharacters("\n");
    }

    /** An element without anything within. */
    void empty(String name) throws XMLStreamException {
        writer.writeEmptyElement(name);
        writer.writeCharacters("\n");
    }

    /** An element with a text. */
    void element(String name, String value) throws XMLStreamException {
        element(name, () -> writer.writeCharacters(value));
    }

    /** The whole. */
    String end() throws XMLStreamException {
        writer.writeEndDocument();
        writer.close();
        return text.toString();
    }
}
