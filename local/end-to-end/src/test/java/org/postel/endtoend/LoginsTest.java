package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.exception.ScramException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Service;
import jakarta.mail.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.postel.launcher.platform.Port;

/** Log-ins without a password on the wire, with clients that are not ours, over all three protocols. */
class LoginsTest {

    private static final RunningPlatform PLATFORM = RunningPlatform.shared();

    @Test
    void scramIsBoundToItsConnection() throws IOException, ScramException {
        Account account = PLATFORM.account();
        try (Line smtp = Line.connectTls(PLATFORM.port(Port.SUBMISSIONS)); Line imap = Line.connectTls(PLATFORM.port(Port.IMAPS));
                Line pop3 = Line.connectTls(PLATFORM.port(Port.POP3S)); Line other = Line.connectTls(PLATFORM.port(Port.POP3S))) {
            smtp.readLine();
            smtp.writeLine("EHLO client.example.test");
            while (smtp.readLine().startsWith("250-")) {
                // What is offered last is AUTH.
            }
            assertEquals("235", scram(smtp, account, smtp.channelBinding(), "AUTH SCRAM-SHA-256-PLUS ", "334 ").substring(0, 3));
            assertTrue(imap.readLine().contains(" AUTH=SCRAM-SHA-256-PLUS "));
            assertEquals("a OK", scram(imap, account, imap.channelBinding(), "a AUTHENTICATE SCRAM-SHA-256-PLUS ", "+ ").substring(0, 4));
            pop3.readLine();
            assertEquals("+OK", scram(pop3, account, pop3.channelBinding(), "AUTH SCRAM-SHA-256-PLUS ", "+ ").substring(0, 3));
            other.readLine();
            assertEquals("-ERR [AUTH]", scram(other, account, pop3.channelBinding(), "AUTH SCRAM-SHA-256-PLUS ", "+ ").substring(0, 11));
        }
    }

    /** SASLprep (RFC 4013) makes one password of an ü typed as one character and as two. */
    @Test
    void scramTakesAnAddressAndAPasswordThatAreNotAscii() throws IOException, ScramException {
        Account account = new Account("größe@example.test", "Schlüssel 鍵");
        PLATFORM.admin().post("/accounts", Map.of("address", account.address(), "password", account.password()));
        Account typed = new Account(account.address(), Normalizer.normalize(account.password(), Normalizer.Form.NFD));
        try (Line smtp = Line.connectTls(PLATFORM.port(Port.SUBMISSIONS)); Line imap = Line.connectTls(PLATFORM.port(Port.IMAPS));
                Line pop3 = Line.connectTls(PLATFORM.port(Port.POP3S))) {
            smtp.readLine();
            smtp.writeLine("EHLO client.example.test");
            while (smtp.readLine().startsWith("250-")) {
                // What is offered last is AUTH.
            }
            assertEquals("235", scram(smtp, typed, smtp.channelBinding(), "AUTH SCRAM-SHA-256-PLUS ", "334 ").substring(0, 3));
            imap.readLine();
            assertEquals("a OK", scram(imap, typed, imap.channelBinding(), "a AUTHENTICATE SCRAM-SHA-256-PLUS ", "+ ").substring(0, 4));
            pop3.readLine();
            assertEquals("+OK", scram(pop3, typed, pop3.channelBinding(), "AUTH SCRAM-SHA-256-PLUS ", "+ ").substring(0, 3));
        }
    }

    /** The reply that the exchange ends with. */
    private static String scram(Line line, Account account, byte[] binding, String command, String prompt) throws IOException, ScramException {
        ScramClient client = ScramClient.builder().advertisedMechanisms(List.of("SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"))
                .username(account.address()).password(account.password().toCharArray()).channelBinding("tls-exporter", binding).build();
        line.writeLine(command + base64(client.clientFirstMessage().toString()));
        client.serverFirstMessage(decoded(line.readLine(), prompt));
        line.writeLine(base64(client.clientFinalMessage().toString()));
        String next = line.readLine();
        if (next.startsWith(prompt)) {
            client.serverFinalMessage(decoded(next, prompt));
            line.writeLine("");
            next = line.readLine();
        }
        return next;
    }

    private static String decoded(String line, String prompt) {
        return new String(Base64.getDecoder().decode(line.substring(prompt.length())), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTokenOfTheIssuerOpensItsAccountOnly() throws IOException, MessagingException {
        Account account = PLATFORM.account();
        Account other = PLATFORM.account();
        String token = AccessTokens.of(account, "openid mail.all");
        String narrow = AccessTokens.of(account, "openid");
        for (String protocol : new String[] {"smtps", "imaps", "pop3s"}) {
            try (Service service = connected(protocol, account, token)) {
                assertTrue(service.isConnected());
            }
            // Over POP3 this client takes the challenge that tells it of the error for a success.
            if (!protocol.equals("pop3s")) {
                assertThrows(AuthenticationFailedException.class, () -> connected(protocol, other, token));
                assertThrows(AuthenticationFailedException.class, () -> connected(protocol, account, narrow));
            }
        }
    }

    private static Service connected(String protocol, Account account, String token) throws MessagingException {
        Properties properties = new Properties();
        properties.put("mail." + protocol + ".auth", "true");
        properties.put("mail." + protocol + ".auth.mechanisms", "XOAUTH2");
        properties.put("mail." + protocol + ".ssl.trust", "*");
        properties.put("mail." + protocol + ".ssl.checkserveridentity", "false");
        Session session = Session.getInstance(properties);
        Port port = protocol.equals("smtps") ? Port.SUBMISSIONS : protocol.equals("imaps") ? Port.IMAPS : Port.POP3S;
        Service service = protocol.equals("smtps") ? session.getTransport(protocol) : session.getStore(protocol);
        service.connect("127.0.0.1", PLATFORM.port(port), account.address(), token);
        return service;
    }
}
