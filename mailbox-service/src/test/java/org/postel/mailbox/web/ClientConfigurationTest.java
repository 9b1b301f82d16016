package org.postel.mailbox.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.mailbox.password.FailureLimitSettings;
import org.postel.mailbox.signin.Clients;
import org.postel.mailbox.storage.StoreException;
import org.postel.wire.Network;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Each field of each document against its published format. */
@Timeout(30)
class ClientConfigurationTest {

    private static final String POX = "/autodiscover/autodiscover.xml";
    private static final String REQUEST = "<?xml version=\"1.0\"?><Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/outlook/"
            + "requestschema/2006\"><Request><EMailAddress>%s</EMailAddress><AcceptableResponseSchema>http://schemas.microsoft.com/exchange/"
            + "autodiscover/outlook/responseschema/2006a</AcceptableResponseSchema></Request></Autodiscover>";

    private volatile boolean down;
    private PageServer pages;

    @BeforeEach
    void start() throws Exception {
        pages = new PageServer(new ClientConfiguration("mail.example.test", new OurDomains(domain -> {
            if (down) {
                throw new StoreException(StoreException.Problem.UNAVAILABLE, "down");
            }
            return List.of("example.test", "xn--bcher-kva.test").contains(domain);
        }), profiles(), new Clients(List.of(Network.parse("127.0.0.0/8"))), true)::on);
    }

    /** The same for every address of a domain: SAFETY row 23. */
    @Test
    void applesDevicesAreGivenAProfileThatAsksForThePassword() throws Exception {
        String answer = pages.get("/mail/apple.mobileconfig?emailaddress=nobody%40example.test", "mail.example.test");
        assertTrue(answer.startsWith("HTTP/1.1 200") && answer.contains("Content-Type: application/x-apple-aspen-config"), answer);
        assertTrue(answer.contains("<key>EmailAddress</key>\n<string>nobody@example.test</string>"), answer);
        assertFalse(answer.contains("IncomingPassword"), answer);
        for (String elsewhere : List.of("", "?emailaddress=a%40example.org", "?emailaddress=x")) {
            assertTrue(pages.get("/mail/apple.mobileconfig" + elsewhere, "mail.example.test").startsWith("HTTP/1.1 404"), elsewhere);
        }
        down = true;
        assertTrue(pages.get("/mail/apple.mobileconfig?emailaddress=a%40xn--bcher-kva.test", "mail.example.test").startsWith("HTTP/1.1 503"));
    }

    /** Whatever address is asked about, for a signature costs the same; and of other clients none is refused. */
    @Test
    void aStrangerGetsSoManyProfilesAndNoMore() throws Exception {
        for (int asked = 0; asked < 5; asked++) {
            assertTrue(profile("a" + asked, "2001:db8::" + asked).startsWith("HTTP/1.1 200"));
        }
        String refused = profile("b", "2001:db8::99");
        assertTrue(refused.startsWith("HTTP/1.1 429") && refused.toLowerCase().contains("retry-after: 30"), refused);
        assertTrue(profile("b", "2001:db8:1::1").startsWith("HTTP/1.1 200"));
    }

    private String profile(String name, String client) throws Exception {
        return pages.get("/mail/apple.mobileconfig?emailaddress=" + name + "%40example.test", "mail.example.test", "X-Forwarded-For: " + client);
    }

    private static LimitedProfiles profiles() {
        return new LimitedProfiles(ProfileSignature.none(), new FailureLimitSettings(5, Duration.ofSeconds(30)), System::nanoTime);
    }

    /** draft-ietf-mailmaint-pacc-02: protocols and info are there, the octets the same each time. */
    @Test
    void programsThatKnowPaccFindTheirHosts() throws Exception {
        String answer = pages.get("/.well-known/user-agent-configuration.json", "ua-auto-config.example.test");
        assertTrue(answer.startsWith("HTTP/1.1 200") && answer.contains("Content-Type: application/json"), answer);
        assertTrue(answer.endsWith("\r\n\r\n{\"protocols\":{\"imap\":{\"host\":\"mail.example.test\"},\"pop3\":{\"host\":\"mail.example.test\"},"
                + "\"smtp\":{\"host\":\"mail.example.test\"}},\"authentication\":{\"password\":true},\"info\":{\"provider\":{\"name\":\"example.test\"}}}"), answer);
        assertTrue(pages.get("/.well-known/user-agent-configuration.json", "ua-auto-config.example.org").startsWith("HTTP/1.1 404"));
    }

    /** As long as it is a draft. */
    @Test
    void paccIsServedWhereItIsWantedOnly() throws Exception {
        try (PageServer without = new PageServer(new ClientConfiguration("mail.example.test", new OurDomains(domain -> true), profiles(), new Clients(List.of()), false)::on)) {
            assertTrue(without.get("/.well-known/user-agent-configuration.json", "ua-auto-config.example.test").startsWith("HTTP/1.1 404"));
        }
    }

    @AfterEach
    void stop() throws Exception {
        pages.close();
    }

    @ParameterizedTest
    @CsvSource({"/mail/config-v1.1.xml, autoconfig.example.test", "/mail/config-v1.1.xml?emailaddress=a%40example.test, mail.example.test",
        "/.well-known/autoconfig/mail/config-v1.1.xml, Example.test:443",
        "/.well-known/autoconfig/mail/config-v1.1.xml?emailaddress=nobody@example.test, elsewhere.example.org"})
    void mozillasProgramsFindAllServersTheBestFirst(String path, String host) throws Exception {
        Document config = document(pages.get(path, host), "application/xml");
        Element root = config.getDocumentElement();
        assertEquals("clientConfig", root.getTagName());
        assertEquals("1.1", root.getAttribute("version"));
        Element provider = (Element) root.getElementsByTagName("emailProvider").item(0);
        assertEquals("example.test", provider.getAttribute("id"));
        assertEquals("example.test", text(provider, "domain"));
        assertEquals(List.of("imap 993 SSL", "imap 143 STARTTLS", "pop3 995 SSL", "pop3 110 STARTTLS"), servers(provider, "incomingServer"));
        assertEquals(List.of("smtp 465 SSL", "smtp 587 STARTTLS"), servers(provider, "outgoingServer"));
    }

    /** draft-ietf-mailmaint-autoconfig: nothing that a program must look past, nothing missing that it needs. */
    @Test
    void theXmlForMozillasProgramsHasTheFieldsOfItsFormatAndNoOther() throws Exception {
        Element root = document(pages.get("/mail/config-v1.1.xml", "autoconfig.example.test"), "application/xml").getDocumentElement();
        assertEquals(List.of("emailProvider"), names(root));
        Element provider = children(root).getFirst();
        assertEquals(List.of("domain", "displayName", "displayShortName", "incomingServer", "incomingServer", "incomingServer", "incomingServer",
                "outgoingServer", "outgoingServer"), names(provider));
        assertEquals(List.of("example.test", "example.test"), List.of(text(provider, "displayName"), text(provider, "displayShortName")));
        for (Element server : children(provider).subList(3, 9)) {
            assertEquals(List.of("hostname", "port", "socketType", "authentication", "username"), names(server));
            assertEquals(1, server.getAttributes().getLength());
        }
    }

    /** MS-OXDSCLI §2.2.4.1.1: namespaces, and the fields of each protocol in the order of the specification's lists. */
    @Test
    void theXmlForOutlookHasTheFieldsOfItsFormatAndNoOther() throws Exception {
        Element root = document(pages.post(POX, "autodiscover.example.test", REQUEST.formatted("jane@example.test")), "application/xml").getDocumentElement();
        assertEquals("{http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006}Autodiscover", qualified(root));
        Element response = children(root).getFirst();
        assertEquals("{http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a}Response", qualified(response));
        assertEquals(List.of("User", "Account"), names(response));
        assertEquals("jane@example.test", text(children(response).getFirst(), "DisplayName"));
        Element account = children(response).getLast();
        assertEquals(List.of("AccountType", "Action", "Protocol", "Protocol", "Protocol"), names(account));
        List<String> common = List.of("Type", "Server", "Port", "DomainRequired", "LoginName", "SPA", "SSL", "AuthRequired");
        for (Element protocol : children(account).subList(2, 5)) {
            assertEquals(response.getNamespaceURI(), protocol.getNamespaceURI());
            boolean sends = text(protocol, "Type").equals("SMTP");
            assertEquals(sends ? Stream.concat(common.stream(), Stream.of("UsePOPAuth", "SMTPLast")).toList() : common, names(protocol));
        }
        assertEquals(List.of("off", "off"), List.of(text(account, "UsePOPAuth"), text(account, "SMTPLast")));
    }

    @ParameterizedTest
    @CsvSource({"/mail/config-v1.1.xml, autoconfig.example.org", "/mail/config-v1.1.xml, ''", "/mail/config-v1.1.xml?emailaddress=a@example.org, x.test",
        "/.well-known/autoconfig/mail/config-v1.1.xml, a/../b"})
    void otherDomainsHaveNone(String path, String host) throws Exception {
        String answer = pages.get(path, host);
        assertTrue(answer.startsWith("HTTP/1.1 40"), answer);
        assertFalse(answer.contains("mail.example.test"), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {POX, "/Autodiscover/Autodiscover.xml", "/AUTODISCOVER/AUTODISCOVER.XML"})
    void outlookFindsOneServerForEachProtocol(String path) throws Exception {
        Document reply = document(pages.post(path, "autodiscover.example.test", REQUEST.formatted("jane&amp;co@example.test")), "application/xml");
        Element account = (Element) reply.getElementsByTagNameNS("http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a", "Account")
                .item(0);
        assertEquals("email", text(account, "AccountType"));
        assertEquals("settings", text(account, "Action"));
        NodeList protocols = account.getElementsByTagName("Protocol");
        assertEquals(List.of("IMAP 993", "POP3 995", "SMTP 465"), IntStream.range(0, protocols.getLength()).mapToObj(i -> (Element) protocols.item(i))
                .map(protocol -> {
                    assertEquals("mail.example.test", text(protocol, "Server"));
                    assertEquals("jane&co@example.test", text(protocol, "LoginName"));
                    assertEquals(List.of("on", "on", "off", "off"), List.of(text(protocol, "SSL"), text(protocol, "AuthRequired"), text(protocol, "SPA"),
                            text(protocol, "DomainRequired")));
                    return text(protocol, "Type") + " " + text(protocol, "Port");
                }).toList());
    }

    // SAFETY row 40: no document type is read
    @ParameterizedTest
    @ValueSource(strings = {"", "<", "no XML", "<Autodiscover/>", "<!DOCTYPE a [<!ENTITY e 'jane@example.test'>]><EMailAddress>&e;</EMailAddress>",
        "<EMailAddress>jane@example.org</EMailAddress>", "<EMailAddress>example.test</EMailAddress>", "<EMailAddress><b/></EMailAddress>"})
    void outlookIsToldThatThereIsNothingAndNeverOfAnErrorOfHttp(String request) throws Exception {
        Document reply = document(pages.post(POX, "autodiscover.example.test", request), "application/xml");
        assertEquals("500", text(reply.getDocumentElement(), "ErrorCode"));
        assertEquals(0, reply.getElementsByTagName("Protocol").getLength());
    }

    @Test
    void aRequestThatIsTooLongIsNotRead() throws Exception {
        String answer = pages.post(POX, "autodiscover.example.test", REQUEST.formatted("a".repeat(20_000) + "@example.test"));
        assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/autodiscover/autodiscover.json?Email=jane@example.test&Protocol=AutodiscoverV1",
        "/autodiscover/autodiscover.json/v1.0/jane@example.test?Protocol=ActiveSync", "/autodiscover/autodiscover.json/v1.0/jane%40example.test",
        "/Autodiscover/Autodiscover.json?Email=jane%40example.test"})
    void theJsonNamesThePlaceOfTheXml(String path) throws Exception {
        assertEquals(new JsonObject().put("Protocol", "AutodiscoverV1").put("Url", "https://autodiscover.example.test/autodiscover/autodiscover.xml"),
                new JsonObject(body(pages.get(path, "autodiscover.example.test"), "application/json")));
    }

    @Test
    void theJsonOfAnotherDomainIsNoErrorOfHttpEither() throws Exception {
        String answer = pages.get("/autodiscover/autodiscover.json?Email=jane@example.org", "autodiscover.example.test");
        assertEquals("UserNotFound", new JsonObject(body(answer, "application/json")).getString("ErrorCode"));
    }

    @Test
    void aDomainInUnicodeIsItsALabels() throws Exception {
        String answer = pages.get("/mail/config-v1.1.xml?emailaddress=a%40b%C3%BCcher.test", "autoconfig.example.test");
        assertEquals("xn--bcher-kva.test", text(document(answer, "application/xml").getDocumentElement(), "domain"));
    }

    @Test
    void aSilentDirectoryIsNoAnswer() throws Exception {
        down = true;
        assertTrue(pages.get("/mail/config-v1.1.xml", "autoconfig.example.test").startsWith("HTTP/1.1 503 "));
    }

    private static List<String> servers(Element provider, String name) {
        NodeList servers = provider.getElementsByTagName(name);
        return IntStream.range(0, servers.getLength()).mapToObj(i -> (Element) servers.item(i)).map(server -> {
            assertEquals("mail.example.test", text(server, "hostname"));
            assertEquals("%EMAILADDRESS%", text(server, "username"));
            assertEquals("password-cleartext", text(server, "authentication"));
            return server.getAttribute("type") + " " + text(server, "port") + " " + text(server, "socketType");
        }).toList();
    }

    private static List<Element> children(Element parent) {
        NodeList children = parent.getChildNodes();
        return IntStream.range(0, children.getLength()).mapToObj(children::item).filter(Element.class::isInstance).map(Element.class::cast).toList();
    }

    private static List<String> names(Element parent) {
        return children(parent).stream().map(Element::getLocalName).toList();
    }

    private static String qualified(Element element) {
        return "{" + element.getNamespaceURI() + "}" + element.getLocalName();
    }

    private static String text(Element parent, String name) {
        return parent.getElementsByTagName(name).item(0).getTextContent();
    }

    private static String body(String answer, String type) {
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        assertTrue(answer.toLowerCase().contains("content-type: " + type), answer);
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static Document document(String answer, String type) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(body(answer, type))));
    }
}
