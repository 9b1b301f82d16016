package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postel.launcher.admin.AdminApi;
import org.postel.launcher.platform.Port;

/** The main job: a mail from another server is read as it was sent, over IMAP and over POP3. */
class DeliveryTest {

    private static final RunningPlatform PLATFORM = RunningPlatform.shared();
    private static final String SENDER = "sender@example.org";

    static Stream<Arguments> messages() {
        return Stream.of(
                Arguments.of("1 KB", Messages.ofSize(1 << 10, 1), ""),
                Arguments.of("100 KB", Messages.ofSize(100 << 10, 2), ""),
                Arguments.of("just inline", Messages.ofSize(255 << 10, 3), ""),
                Arguments.of("just over the inline limit", Messages.ofSize(257 << 10, 4), ""),
                Arguments.of("3 MB", Messages.ofSize(3 << 20, 5), ""),
                Arguments.of("30 MB", Messages.ofSize(30 << 20, 6), ""),
                Arguments.of("multipart", Messages.multipart("multipart"), ""),
                Arguments.of("8 bit", Messages.eightBit(), " BODY=8BITMIME"),
                Arguments.of("UTF-8", Messages.utf8(), " BODY=8BITMIME SMTPUTF8"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void isReadAsSent(String kind, byte[] message, String parameters) throws IOException {
        Account account = PLATFORM.account();
        try (SmtpClient smtp = SmtpClient.connect(PLATFORM.port(Port.SMTP))) {
            String reply = smtp.send(SENDER, account.address(), message, parameters);
            assertTrue(reply.startsWith("250"), reply);
        }
        TraceHeader.assertSame(message, Inbox.of(PLATFORM.port(Port.IMAP), account, 1).getFirst());
        try (Pop3Client pop3 = Pop3Client.connect(PLATFORM.port(Port.POP3))) {
            assertTrue(pop3.login(account).startsWith("+OK"));
            TraceHeader.assertSame(message, pop3.message(1));
        }
    }

    @Test
    void anAliasLeadsToAllItsTargets() throws IOException {
        Account one = PLATFORM.account();
        Account two = PLATFORM.account();
        PLATFORM.alias("both@example.test", one.address(), two.address());
        byte[] message = Messages.plain(SENDER, "both@example.test", "to an alias");
        try (SmtpClient smtp = SmtpClient.connect(PLATFORM.port(Port.SMTP))) {
            assertTrue(smtp.send(SENDER, "both@example.test", message).startsWith("250"));
        }
        for (Account account : new Account[] {one, two}) {
            TraceHeader.assertSame(message, Inbox.of(PLATFORM.port(Port.IMAP), account, 1).getFirst());
        }
    }

    @Test
    void rulesFileFlagAndSendOn() throws Exception {
        Account account = PLATFORM.account();
        RemoteServer remote = RemoteServer.shared();
        JsonNode saved = PLATFORM.admin().put("/accounts/" + AdminApi.segment(account.address()) + "/rules", Map.of("rules", List.of(Map.of(
                "name", "Friends", "conditions", List.of(Map.of("field", "subject", "test", "contains", "value", "FRIENDS")),
                "flags", List.of("\\Flagged"), "forward", Map.of("targets", List.of("friend@remote.example.org")), "folder", "Lists/Friends"))));
        Instant since = Instant.parse(saved.path("since").asText());
        while (!Instant.now().isAfter(since)) {
            LockSupport.parkNanos(Duration.between(Instant.now(), since).toNanos());
        }
        byte[] message = Messages.plain(SENDER, account.address(), "from friends");
        byte[] other = Messages.plain(SENDER, account.address(), "from others");
        try (SmtpClient smtp = SmtpClient.connect(PLATFORM.port(Port.SMTP))) {
            assertTrue(smtp.send(SENDER, account.address(), message).startsWith("250"));
            assertTrue(smtp.send(SENDER, account.address(), other).startsWith("250"));
        }
        TraceHeader.assertSame(other, Inbox.of(PLATFORM.port(Port.IMAP), account, 1).getFirst());
        TraceHeader.assertSame(message, remote.next("friend@remote.example.org", 60).message());
        try (ImapClient imap = ImapClient.connect(PLATFORM.port(Port.IMAP))) {
            imap.login(account);
            imap.ok("SELECT Lists/Friends");
            TraceHeader.assertSame(message, imap.message(1));
            assertTrue(imap.ok("FETCH 1:* FLAGS").getFirst().matches("\\* 1 FETCH \\(FLAGS \\(.*\\\\Flagged.*"));
        }
    }

    @Test
    void anUnknownLocalRecipientIsRefusedAtRcpt() throws IOException {
        PLATFORM.account();
        try (SmtpClient smtp = SmtpClient.connect(PLATFORM.port(Port.SMTP))) {
            smtp.say("MAIL FROM:<" + SENDER + ">");
            String reply = smtp.say("RCPT TO:<nobody-here@example.test>");
            assertEquals("550 5.1.1", reply.substring(0, 9), reply);
        }
    }

    @ParameterizedTest
    @MethodSource("foreignAddresses")
    void withoutLoginNothingIsRelayedHoweverItIsWritten(String address) throws IOException {
        PLATFORM.account();
        try (SmtpClient smtp = SmtpClient.connect(PLATFORM.port(Port.SMTP))) {
            smtp.say("MAIL FROM:<" + SENDER + ">");
            String reply = smtp.say("RCPT TO:" + address);
            assertTrue(reply.startsWith("5"), address + " was answered " + reply);
        }
    }

    static Stream<String> foreignAddresses() {
        return Stream.of("<user@remote.example.org>", "<user%remote.example.org@example.test>",
                "<remote.example.org!user@example.test>", "<@example.test:user@remote.example.org>",
                "<\"user@remote.example.org\"@example.test>", "<user@[127.0.0.1]>", "<user@remote.example.org@example.test>",
                "<user@REMOTE.example.org>", "<user@remote.example.org.>", "<user@>", "<user@.>");
    }
}
