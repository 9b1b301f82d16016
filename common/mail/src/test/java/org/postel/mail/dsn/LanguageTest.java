package org.postel.mail.dsn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.postel.mail.QueueId;
import org.postel.mail.mime.HeaderSection;

/** Senders are told in their language: RFC 3282. */
class LanguageTest {

    private static final Instant NOW = Instant.parse("2026-11-23T21:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Content-Language: fr            | FRENCH
            content-language: FR-CA         | FRENCH
            Content-Language: de, fr, en    | FRENCH
            Content-Language: en-GB, fr     | ENGLISH
            Content-Language: (fran\u00e7ais) fr | FRENCH
            Content-Language: (fr) de       | ENGLISH
            Content-Language: frr           | ENGLISH
            Content-Language:               | ENGLISH
            Content-Language: ,-,           | ENGLISH
            Subject: fr                     | ENGLISH
            """)
    void theOriginalSaysWhichLanguage(String field, Language expected) {
        assertEquals(expected, Language.of(new HeaderSection((field + "\r\n\r\n").getBytes(StandardCharsets.UTF_8))));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void eachLanguageSaysTheSameThings(Language language) throws IOException {
        Properties english = texts(Language.ENGLISH);
        Properties texts = texts(language);
        assertEquals(english.stringPropertyNames(), texts.stringPropertyNames());
        for (String key : texts.stringPropertyNames()) {
            assertEquals(english.getProperty(key).split("%s", -1).length, texts.getProperty(key).split("%s", -1).length, key);
            assertFalse(texts.getProperty(key).matches("(?s).*([\u00c3\ufffd]|%[^s]).*"), key + " is UTF-8 read as something else");
        }
    }

    @Test
    void aFrenchSenderReadsFrenchAndAProgramTheSameAsEver() throws IOException {
        Message notification = notification(new RecipientReport("bob@example.org", Optional.empty(), Action.FAILED, "5.1.1",
                Optional.of(new RemoteAnswer("mx.example.org", "550 5.1.1 No such user")), "There is no mailbox with this address.", NOW,
                Optional.empty()));
        assertEquals("Votre message n\u2019a pas pu \u00eatre remis\u00a0: D\u00e9jeuner", notification.getSubject());
        assertEquals("Service de distribution du courrier", notification.getFrom().get(0).getName());
        Multipart parts = (Multipart) notification.getBody();
        assertEquals("fr", parts.getBodyParts().get(0).getHeader().getField("Content-Language").getBody());
        String text = read(parts, 0);
        assertTrue(text.contains("\u00c0\u00a0: bob@example.org\r\n    Cette adresse n\u2019existe pas.\r\n"
                + "    Le serveur de messagerie mx.example.org a r\u00e9pondu\u00a0: 550 5.1.1 No such user\r\n"
                + "    Ce que vous pouvez faire\u00a0: cherchez une faute de frappe"), text);
        assertFalse(text.contains("There is no mailbox"), text);
        assertTrue(new String(notificationOctets, StandardCharsets.US_ASCII)
                .contains("Action: failed\r\nStatus: 5.1.1\r\nRemote-MTA: dns; mx.example.org\r\n"
                        + "Diagnostic-Code: smtp; 550 5.1.1 No such user\r\n"));
    }

    @Test
    void aFrenchSenderReadsTheEndOfADelayInFrench() throws IOException {
        Message notification = notification(new RecipientReport("bob@example.org", Optional.empty(), Action.DELAYED, "4.4.1",
                Optional.empty(), "", NOW, Optional.of(Instant.parse("2026-08-28T20:00:00Z"))));
        String text = read((Multipart) notification.getBody(), 0).replaceAll("\r\n *", " ");
        assertTrue(text.contains("jusqu\u2019au vendredi 28 ao\u00fbt 2026 \u00e0 20:00 (UTC)."), text);
    }

    // RFC 8689 §4.2.1: no server said anything that could be read, and nobody but the sender asked for it.
    @ParameterizedTest
    @CsvSource({"5.7.10, aucune n\u2019a pu \u00eatre \u00e9tablie", "5.7.30, ne garantit pas"})
    void whoRequiredTlsIsToldWhatToDoAboutIt(String status, String happened) throws IOException {
        Message notification = notification(new RecipientReport("bob@example.org", Optional.empty(), Action.FAILED, status, Optional.empty(),
                "it lacks REQUIRETLS.", NOW, Optional.empty()));
        String text = read((Multipart) notification.getBody(), 0).replaceAll("\r\n *", " ");
        assertTrue(text.contains(happened), text);
        assertTrue(text.contains("Ce que vous pouvez faire\u00a0: envoyez-le de nouveau sans cette exigence"), text);
    }

    private byte[] notificationOctets;

    private Message notification(RecipientReport recipient) throws IOException {
        notificationOctets = Notification.of(new DeliveryReport(new QueueId(new UUID(0x019aaf3c_1c00_7000L, 0x8000_0000_0000_0001L)),
                "mx.example.test", "alice@example.test", Optional.empty(), NOW, NOW, List.of(recipient), new Original.Header(
                        "Content-Language: fr\r\nSubject: =?utf-8?Q?D=C3=A9jeuner?=\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))).octets();
        return new DefaultMessageBuilder().parseMessage(new ByteArrayInputStream(notificationOctets));
    }

    private static String read(Multipart parts, int index) throws IOException {
        return new String(((TextBody) parts.getBodyParts().get(index).getBody()).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Properties texts(Language language) throws IOException {
        Properties texts = new Properties();
        try (InputStream file = Language.class.getResourceAsStream("words_" + language.tag() + ".properties")) {
            texts.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        }
        return texts;
    }
}
