package org.postel.mailbox.web;

import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.postel.mailbox.zone.ClientService;
import org.postel.mailbox.zone.ClientService.Protocol;

/**
 * What Thunderbird, Evolution, KMail and FairEmail read: clientConfig 1.1 (draft-ietf-mailmaint-autoconfig). The user name is the
 * address, which the program puts in itself.
 */
final class MozillaConfig {

    private static final String ADDRESS = "%EMAILADDRESS%";

    private final String host;

    /** @param host where mail programs connect */
    MozillaConfig(String host) {
        this.host = host;
    }

    String of(String domain) throws XMLStreamException {
        XmlDocument xml = new XmlDocument();
        xml.element("clientConfig", () -> xml.element("emailProvider", () -> {
            xml.element("domain", domain);
            xml.element("displayName", domain);
            xml.element("displayShortName", domain);
            servers(xml, "incomingServer", ClientService.of(Protocol.IMAP), "imap");
            servers(xml, "incomingServer", ClientService.of(Protocol.POP3), "pop3");
            servers(xml, "outgoingServer", ClientService.of(Protocol.SMTP), "smtp");
        }, "id", domain), "version", "1.1");
        return xml.end();
    }

    private void servers(XmlDocument xml, String element, List<ClientService> services, String type) throws XMLStreamException {
        for (ClientService service : services) {
            xml.element(element, () -> {
                xml.element("hostname", host);
                xml.element("port", Integer.toString(service.port()));
                xml.element("socketType", service.tls() ? "SSL" : "STARTTLS");
                xml.element("authentication", "password-cleartext");
                xml.element("username", ADDRESS);
            }, "type", type);
        }
    }
}
