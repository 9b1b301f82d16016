package org.postel.mailbox.web;

import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.postel.mailbox.zone.ClientService;
import org.postel.mailbox.zone.ClientService.Protocol;

/** What Outlook and its relatives read: "plain old XML" Autodiscover (MS-OXDSCLI §2.2.3 and §2.2.4), for an account of IMAP, POP3 and SMTP. */
final class OutlookConfig {

    private static final String REPLY = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006";
    private static final String SETTINGS = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";
    private static final XMLInputFactory READERS = readers();

    private final String host;

    /** @param host where mail programs connect */
    OutlookConfig(String host) {
        this.host = host;
    }

    /** The address that a request is about; empty when there is none, or the request is no XML. */
    static Optional<String> address(String request) {
        try {
            XMLStreamReader reader = READERS.createXMLStreamReader(new StringReader(request));
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT && reader.getLocalName().equals("EMailAddress")) {
                    return Optional.of(reader.getElementText().strip());
                }
            }
            return Optional.empty();
        } catch (XMLStreamException e) {
            return Optional.empty();
        }
    }

    String of(String address) throws XMLStreamException {
        XmlDocument xml = new XmlDocument();
        xml.element("Autodiscover", REPLY, () -> xml.element("Response", SETTINGS, () -> {
            xml.element("User", () -> xml.element("DisplayName", address));
            xml.element("Account", () -> {
                xml.element("AccountType", "email");
                xml.element("Action", "settings");
                for (Protocol protocol : List.of(Protocol.IMAP, Protocol.POP3, Protocol.SMTP)) {
                    server(xml, ClientService.of(protocol).getFirst(), address);
                }
            });
        }));
        return xml.end();
    }

    /** That there is nothing for this address: §2.2.4.1.1.2. */
    String none() throws XMLStreamException {
        XmlDocument xml = new XmlDocument();
        xml.element("Autodiscover", REPLY, () -> xml.element("Response", () -> xml.element("Error", () -> {
            xml.element("ErrorCode", "500");
            xml.element("Message", "The email address can't be found.");
            xml.element("DebugData", "");
        }, "Time", "00:00:00", "Id", "0")));
        return xml.end();
    }

    private void server(XmlDocument xml, ClientService service, String address) throws XMLStreamException {
        xml.element("Protocol", () -> {
            xml.element("Type", service.protocol().name());
            xml.element("Server", host);
            xml.element("Port", Integer.toString(service.port()));
            xml.element("DomainRequired", "off");
            xml.element("LoginName", address);
            xml.element("SPA", "off");
            xml.element("SSL", "on");
            xml.element("AuthRequired", "on");
            if (service.protocol() == Protocol.SMTP) {
                xml.element("UsePOPAuth", "off");
                xml.element("SMTPLast", "off");
            }
        });
    }

    /** A stranger's XML: no document type, and so no entity that grows or reads a file. */
    private static XMLInputFactory readers() {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
