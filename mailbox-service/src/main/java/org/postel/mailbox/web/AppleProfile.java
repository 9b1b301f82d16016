package org.postel.mailbox.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.xml.stream.XMLStreamException;
import org.postel.mailbox.zone.ClientService;
import org.postel.mailbox.zone.ClientService.Protocol;

/**
 * What iPhone, iPad and Mac install to have a mail account: a configuration profile with one payload of the type {@code com.apple.mail.managed}
 * (Apple's Configuration Profile Reference). A profile of the same account takes the place of the one before: its identifiers stay.
 */
public final class AppleProfile {

    /** Of a profile. */
    public static final String MEDIA_TYPE = "application/x-apple-aspen-config";

    private static final String DOCTYPE =
            "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">";
    private static final String PASSWORD = "EmailAuthPassword";

    private final String host;

    /** @param host where mail programs connect */
    public AppleProfile(String host) {
        this.host = host;
    }

    /**
     * Whose account it is.
     *
     * @param address  of the account
     * @param name     that others see on its mail; empty: its address
     * @param password for this device; empty: the device asks for it
     */
    public record Owner(String address, String name, Optional<String> password) {

        String shown() {
            return name.isBlank() ? address : name;
        }

        String domain() {
            return address.substring(address.lastIndexOf('@') + 1);
        }

        @Override
        public String toString() {
            return "Owner[" + address + "]";
        }
    }

    /** The profile as a property list; not signed yet. */
    public byte[] of(Owner owner) {
        try {
            XmlDocument xml = new XmlDocument();
            xml.doctype(DOCTYPE);
            xml.element("plist", () -> xml.element("dict", () -> {
                xml.element("key", "PayloadContent");
                xml.element("array", () -> xml.element("dict", () -> mail(xml, owner)));
                text(xml, "PayloadDescription", "Mail of " + owner.address);
                text(xml, "PayloadOrganization", owner.domain());
                payload(xml, "Configuration", "", owner);
            }), "version", "1.0");
            return xml.end().getBytes(StandardCharsets.UTF_8);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private void mail(XmlDocument xml, Owner owner) throws XMLStreamException {
        text(xml, "EmailAccountDescription", owner.address);
        text(xml, "EmailAccountName", owner.shown());
        text(xml, "EmailAccountType", "EmailTypeIMAP");
        text(xml, "EmailAddress", owner.address);
        server(xml, "Incoming", best(Protocol.IMAP), owner);
        server(xml, "Outgoing", best(Protocol.SMTP), owner);
        payload(xml, "com.apple.mail.managed", ".mail", owner);
    }

    /** One that begins with TLS: of STARTTLS a profile cannot tell. */
    private static ClientService best(Protocol protocol) {
        List<ClientService> services = ClientService.of(protocol);
        return services.stream().filter(ClientService::tls).findFirst().orElse(services.getFirst());
    }

    private void server(XmlDocument xml, String way, ClientService service, Owner owner) throws XMLStreamException {
        text(xml, way + "MailServerAuthentication", PASSWORD);
        text(xml, way + "MailServerHostName", host);
        xml.element("key", way + "MailServerPortNumber");
        xml.element("integer", Integer.toString(service.port()));
        xml.element("key", way + "MailServerUseSSL");
        xml.empty("true");
        text(xml, way + "MailServerUsername", owner.address);
        if (owner.password.isPresent()) {
            text(xml, way + "Password", owner.password.get());
        }
    }

    private static void payload(XmlDocument xml, String type, String part, Owner owner) throws XMLStreamException {
        String identifier = "org.postel." + stable(owner, "") + part;
        text(xml, "PayloadDisplayName", owner.address);
        text(xml, "PayloadIdentifier", identifier);
        text(xml, "PayloadType", type);
        text(xml, "PayloadUUID", stable(owner, type).toString().toUpperCase(Locale.ROOT));
        xml.element("key", "PayloadVersion");
        xml.element("integer", "1");
    }

    private static UUID stable(Owner owner, String part) {
        return UUID.nameUUIDFromBytes(("apple profile " + part + " " + owner.address).getBytes(StandardCharsets.UTF_8));
    }

    private static void text(XmlDocument xml, String key, String value) throws XMLStreamException {
        xml.element("key", key);
        // XML has no characters for these; a name has no use of them.
        xml.element("string", value.replaceAll("\\p{Cntrl}|[\\ufffe\\uffff]", " "));
    }
}
