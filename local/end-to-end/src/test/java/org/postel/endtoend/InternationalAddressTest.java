package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.launcher.platform.Port;

/** Somebody whose address and password are not ASCII, with all three protocols: RFC 6531, RFC 6855, RFC 6856. */
class InternationalAddressTest {

    private static final RunningPlatform PLATFORM = RunningPlatform.shared();
    private static final String PASSWORD = "Schlüssel für Ключ 鍵";
    /** What one would type who leaves out what is not ASCII. */
    private static final String WRONG = "Schlssel fr  ";

    @ParameterizedTest
    @ValueSource(strings = {"bücher@example.test", "leser@bücher.example.test", "почта@пример.example.test"})
    void logsInSubmitsAndReads(String address) throws IOException {
        PLATFORM.admin().post("/accounts", Map.of("address", address, "password", PASSWORD));
        Account user = new Account(address, PASSWORD);
        byte[] message = ("From: <" + address + ">\r\nTo: <" + address + ">\r\nSubject: für " + address + "\r\nDate: Mon, 2 Feb 2026 10:00:00 +0000\r\n"
                + "Message-ID: <own.address@example.test>\r\n\r\nGrüße\r\n").getBytes(StandardCharsets.UTF_8);
        try (ImapClient imap = ImapClient.connectTls(PLATFORM.port(Port.IMAPS))) {
            imap.ok("AUTHENTICATE PLAIN " + plain(user));
            imap.ok("ENABLE UTF8=ACCEPT");
            imap.ok("SELECT INBOX");
            imap.idle();
            submit(user, message);
            String told = imap.told();
            while (!told.equals("* 1 EXISTS")) {
                told = imap.told();
            }
            imap.done();
            assertCame(message, imap.message(1));
            List<String> envelope = imap.ok("FETCH 1 (ENVELOPE)");
            assertTrue(envelope.getFirst().contains(octets("für " + address)), () -> envelope.toString());
        }
        try (Pop3Client pop3 = Pop3Client.connectTls(PLATFORM.port(Port.POP3S))) {
            pop3.ok("UTF8");
            String login = pop3.login(user);
            assertTrue(login.startsWith("+OK"), login);
            assertCame(message, pop3.message(1));
        }
        refused(new Account(address, WRONG));
    }

    private static void submit(Account user, byte[] message) throws IOException {
        try (SmtpClient smtp = SmtpClient.connect(PLATFORM.port(Port.SUBMISSION)).startTls()) {
            String login = smtp.login(user);
            assertTrue(login.startsWith("235"), login);
            String reply = smtp.send(user.address(), user.address(), message, " SMTPUTF8 BODY=8BITMIME");
            assertTrue(reply.startsWith("250"), reply);
        }
    }

    private static void refused(Account user) throws IOException {
        try (SmtpClient smtp = SmtpClient.connect(PLATFORM.port(Port.SUBMISSION)).startTls(); ImapClient imap = ImapClient.connectTls(PLATFORM.port(Port.IMAPS));
                Pop3Client pop3 = Pop3Client.connectTls(PLATFORM.port(Port.POP3S))) {
            String reply = smtp.login(user);
            assertTrue(reply.startsWith("535"), reply);
            String tagged = imap.say("AUTHENTICATE PLAIN " + plain(user)).getLast();
            assertTrue(tagged.startsWith("NO [AUTHENTICATIONFAILED]"), tagged);
            pop3.ok("UTF8");
            String status = pop3.login(user);
            assertTrue(status.startsWith("-ERR [AUTH]"), status);
        }
    }

    /** Behind the trace fields. */
    private static void assertCame(byte[] sent, byte[] read) {
        String all = new String(read, StandardCharsets.UTF_8);
        assertTrue(all.endsWith(new String(sent, StandardCharsets.UTF_8)), all);
        assertTrue(all.contains(" with UTF8SMTPSA "), all);
    }

    private static String plain(Account user) {
        return Base64.getEncoder().encodeToString(("\0" + user.address() + "\0" + user.password()).getBytes(StandardCharsets.UTF_8));
    }

    /** As the client shows responses. */
    private static String octets(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
