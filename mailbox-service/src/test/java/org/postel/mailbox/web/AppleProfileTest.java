package org.postel.mailbox.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.mailbox.web.AppleProfile.Owner;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** Each key of the profile against Apple's reference, and its signature. */
class AppleProfileTest {

    private static final Owner ALICE = new Owner("alice@example.test", "Alice <&> Ltd\r\n", Optional.of("abcd-efgh"));

    @TempDir
    Path folder;

    private final AppleProfile profiles = new AppleProfile("mail.example.test");

    @Test
    void theProfileHasOneMailAccount() throws Exception {
        Map<String, Object> profile = read(profiles.of(ALICE));
        assertEquals("Configuration", profile.get("PayloadType"));
        assertEquals("1", profile.get("PayloadVersion"));
        assertEquals("alice@example.test", profile.get("PayloadDisplayName"));
        assertEquals("example.test", profile.get("PayloadOrganization"));
        Map<?, ?> mail = (Map<?, ?>) ((List<?>) profile.get("PayloadContent")).getFirst();
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("EmailAccountDescription", "alice@example.test");
        expected.put("EmailAccountName", "Alice <&> Ltd  ");
        expected.put("EmailAccountType", "EmailTypeIMAP");
        expected.put("EmailAddress", "alice@example.test");
        for (String way : List.of("Incoming", "Outgoing")) {
            expected.put(way + "MailServerAuthentication", "EmailAuthPassword");
            expected.put(way + "MailServerHostName", "mail.example.test");
            expected.put(way + "MailServerPortNumber", way.equals("Incoming") ? "993" : "465");
            expected.put(way + "MailServerUseSSL", "true");
            expected.put(way + "MailServerUsername", "alice@example.test");
            expected.put(way + "Password", "abcd-efgh");
        }
        expected.put("PayloadDisplayName", "alice@example.test");
        expected.put("PayloadIdentifier", profile.get("PayloadIdentifier") + ".mail");
        expected.put("PayloadType", "com.apple.mail.managed");
        expected.put("PayloadUUID", String.valueOf(mail.get("PayloadUUID")));
        expected.put("PayloadVersion", "1");
        assertEquals(expected, mail);
        assertTrue(String.valueOf(mail.get("PayloadUUID")).matches("[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}"));
        assertNotEquals(mail.get("PayloadUUID"), profile.get("PayloadUUID"));
    }

    /** A device takes it for the one it has. */
    @Test
    void aProfileOfTheSameAccountHasTheSameNames() throws Exception {
        Map<String, Object> before = read(profiles.of(ALICE));
        Map<String, Object> after = read(profiles.of(new Owner("alice@example.test", "", Optional.empty())));
        Map<String, Object> other = read(profiles.of(new Owner("bob@example.test", "", Optional.empty())));
        for (String name : List.of("PayloadUUID", "PayloadIdentifier")) {
            assertEquals(before.get(name), after.get(name));
            assertNotEquals(before.get(name), other.get(name));
        }
        assertFalse(after.toString().contains("Password="), "nobody gave one");
    }

    @ParameterizedTest
    @CsvSource({"RSA, 2048, SHA256withRSA", "EC, 256, SHA256withECDSA"})
    void aProfileIsSignedWithTheCertificateOfTheServers(String algorithm, int size, String signature) throws Exception {
        KeyPair keys = keys(algorithm, size);
        X509Certificate certificate = certificate(keys, signature);
        byte[] profile = profiles.of(ALICE);
        CMSSignedData signed = new CMSSignedData(ProfileSignature.with(pem("chain.pem", certificate), key(keys)).sign(profile));
        assertArrayEquals(profile, (byte[]) signed.getSignedContent().getContent());
        SignerInformation signer = signed.getSignerInfos().getSigners().iterator().next();
        assertTrue(signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate)));
        assertEquals(1, signed.getCertificates().getMatches(signer.getSID()).size());
    }

    @Test
    void withoutACertificateItGoesAsItIs() throws IOException {
        byte[] profile = profiles.of(ALICE);
        assertArrayEquals(profile, ProfileSignature.none().sign(profile));
    }

    @Test
    void filesThatAreNoneAreSaid() throws Exception {
        Path certificate = pem("chain.pem", certificate(keys("EC", 256), "SHA256withECDSA"));
        Path nothing = Files.writeString(folder.resolve("nothing.pem"), "nothing");
        assertThrows(IOException.class, () -> ProfileSignature.with(certificate, nothing).sign(new byte[1]));
        assertThrows(IOException.class, () -> ProfileSignature.with(nothing, certificate).sign(new byte[1]));
        assertThrows(IOException.class, () -> ProfileSignature.with(folder.resolve("absent"), nothing).sign(new byte[1]));
    }

    private static KeyPair keys(String algorithm, int size) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);
        return generator.generateKeyPair();
    }

    private static X509Certificate certificate(KeyPair keys, String algorithm) throws Exception {
        X500Name name = new X500Name("CN=mail.example.test");
        Instant now = Instant.now();
        return new JcaX509CertificateConverter().getCertificate(new JcaX509v3CertificateBuilder(name, BigInteger.ONE, Date.from(now.minusSeconds(60)),
                Date.from(now.plusSeconds(3600)), name, keys.getPublic()).build(new JcaContentSignerBuilder(algorithm).build(keys.getPrivate())));
    }

    private Path pem(String name, X509Certificate certificate) throws Exception {
        return pem(name, "CERTIFICATE", certificate.getEncoded());
    }

    private Path key(KeyPair keys) throws IOException {
        return pem("key.pem", "PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    private Path pem(String name, String label, byte[] octets) throws IOException {
        return Files.writeString(folder.resolve(name), "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(octets)
                + "\n-----END " + label + "-----\n");
    }

    private static Map<String, Object> read(byte[] profile) throws Exception {
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setEntityResolver((name, system) -> {
            assertEquals("-//Apple//DTD PLIST 1.0//EN", name);
            return new InputSource(new StringReader(""));
        });
        Element plist = builder.parse(new ByteArrayInputStream(profile)).getDocumentElement();
        assertEquals("plist", plist.getTagName());
        assertTrue(new String(profile, StandardCharsets.UTF_8).startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"));
        return dict(elements(plist).getFirst());
    }

    private static Map<String, Object> dict(Element dict) {
        Map<String, Object> values = new LinkedHashMap<>();
        List<Element> inside = elements(dict);
        for (int i = 0; i < inside.size(); i += 2) {
            assertEquals("key", inside.get(i).getTagName());
            values.put(inside.get(i).getTextContent(), value(inside.get(i + 1)));
        }
        return values;
    }

    private static Object value(Element element) {
        return switch (element.getTagName()) {
            case "dict" -> dict(element);
            case "array" -> elements(element).stream().map(AppleProfileTest::value).toList();
            case "string", "integer" -> element.getTextContent();
            default -> element.getTagName();
        };
    }

    private static List<Element> elements(Element parent) {
        List<Element> elements = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }
}
