package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postel.engines.FreePort;
import org.postel.engines.SourceTree;
import org.postel.launcher.platform.Port;

/** Mail both ways between Postel and the mail servers that others run. They come from Debian: ./postel interop smtp. */
@Tag("interop")
class SmtpInteropTest {

    private static final RemoteServer SINK = RemoteServer.open(Stall.none());
    private static final int SECONDS = 60;
    /** One of ours, whose mail Postfix brings over LMTP. */
    private static final String MAILBOXES = "mailboxes.example.test";

    private static final List<MailPeer> PEERS = new ArrayList<>();
    private static RunningPlatform platform;

    @BeforeAll
    static void start() throws IOException {
        Map<String, String> settings = new HashMap<>(RunningPlatform.impatient());
        for (MailPeer.Kind kind : MailPeer.Kind.values()) {
            MailPeer peer = new MailPeer(kind);
            PEERS.add(peer);
            settings.put("postel.delivery.next-hops.\"" + kind.domain() + "\"", "127.0.0.1:" + peer.port());
        }
        int lmtp = FreePort.next();
        settings.put("postel.smtp.lmtp.port", Integer.toString(lmtp));
        settings.put("postel.smtp.lmtp.trusted", "127.0.0.0/8");
        platform = RunningPlatform.start(settings);
        platform.admin().post("/domains", Map.of("name", MAILBOXES));
        for (MailPeer peer : PEERS) {
            peer.start(SINK.port(), platform.port(Port.SMTP), lmtp);
            System.out.println(peer + " offers " + peer.keywords());
        }
    }

    @AfterAll
    static void stop() {
        PEERS.forEach(MailPeer::stop);
        if (platform != null) {
            platform.close();
        }
    }

    static Stream<MailPeer> peers() {
        return PEERS.stream();
    }

    @ParameterizedTest
    @MethodSource("peers")
    void ourMailArrivesThereUnderTlsWhereOfferedAndItsSignaturesHold(MailPeer peer) throws IOException, InterruptedException {
        Account alice = platform.account();
        String bob = alice.address().replace("@", "-there@").replace("example.test", peer.kind().domain());
        byte[] message = Messages.plain(alice.address(), bob, "to " + peer);
        submit(alice, bob, message, "", "");
        RemoteServer.Taken taken = SINK.next(bob, SECONDS);
        assertEquals(alice.address(), taken.from());
        assertTrue(text(taken.message()).endsWith(text(message)), text(taken.message()));
        assertEquals(peer.keywords().contains("STARTTLS"), firstReceivedBy(peer, taken.message()).matches("(?s).*(ESMTPS|TLS).*"),
                () -> text(taken.message()));
        assertEquals(List.of("pass example.test", "pass example.test"),
                Signatures.of(taken.message(), platform.admin().get("/domains/example.test/dkim")));
    }

    /** Of what comes by BDAT Exim says so in its log (K). */
    @ParameterizedTest
    @MethodSource("peers")
    void ourLongMailArrivesThereInChunksWhereTheyAreTaken(MailPeer peer) throws IOException, InterruptedException {
        Account alice = platform.account();
        String bob = "long@" + peer.kind().domain();
        byte[] message = (text(Messages.plain(alice.address(), bob, "long, to " + peer)) + ".and so on\r\n".repeat(30_000)).getBytes(StandardCharsets.US_ASCII);
        submit(alice, bob, message, "", "");
        assertTrue(text(SINK.next(bob, SECONDS).message()).endsWith(text(message)));
        if (peer.kind() == MailPeer.Kind.EXIM) {
            String log = peer.read("var/log/exim4/mainlog");
            assertTrue(log.matches("(?s).* <= " + alice.address() + " [^\n]* K S=3\\d{5} .*"), log);
        }
    }

    /** By opendkim and dkimpy: local/interop/verify-signatures. */
    @Test
    void othersVerifyOurSignatures() throws IOException, InterruptedException {
        Account alice = platform.account();
        MailPeer peer = PEERS.getFirst();
        String bob = "verifier@" + peer.kind().domain();
        submit(alice, bob, Messages.plain(alice.address(), bob, "verify me"), "", "");
        Path folder = Files.createTempDirectory("postel-signed-");
        try {
            Path message = Files.write(folder.resolve("message"), SINK.next(bob, SECONDS).message());
            StringBuilder zone = new StringBuilder();
            platform.admin().get("/domains/example.test/dkim").forEach(key -> zone.append("%s. 3600 IN TXT \"%s\"%n"
                    .formatted(key.path("name").asText(), key.path("record").asText())));
            Path records = Files.writeString(folder.resolve("zone"), zone);
            Process verifier = new ProcessBuilder(SourceTree.find().root().resolve("local/interop/verify-signatures").toString(),
                    records.toString(), message.toString()).redirectErrorStream(true).start();
            String said = new String(verifier.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, verifier.waitFor(), said);
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    @ParameterizedTest
    @MethodSource("peers")
    void itsMailArrivesHereUnderTls(MailPeer peer) throws IOException {
        Account alice = platform.account();
        String bob = "bob@" + peer.kind().domain();
        byte[] message = Messages.plain(bob, alice.address(), "from " + peer);
        send(peer, bob, alice.address(), message, "", "");
        String read = text(Inbox.of(platform.port(Port.IMAP), alice, 1).getFirst());
        assertTrue(read.endsWith(text(message)), read);
        assertTrue(firstReceived(read).contains(" with ESMTPS"), read);
    }

    @ParameterizedTest
    @MethodSource("peers")
    void whatItsNextServerRefusesComesBackToOurSender(MailPeer peer) throws IOException {
        Account alice = platform.account();
        String nobody = "nobody@" + peer.kind().domain();
        SINK.answer(nobody, "550 5.1.1 No such user here");
        submit(alice, nobody, Messages.plain(alice.address(), nobody, "refused behind " + peer), "", "");
        String report = text(Inbox.of(platform.port(Port.IMAP), alice, 1).getFirst());
        assertTrue(report.contains("message/delivery-status"), report);
        assertTrue(report.contains("Action: failed"), report);
        assertTrue(report.contains("5.1.1"), report);
    }

    @ParameterizedTest
    @MethodSource("peers")
    void aSuccessThatWasAskedForIsTold(MailPeer peer) throws IOException {
        Account alice = platform.account();
        String bob = "told@" + peer.kind().domain();
        submit(alice, bob, Messages.plain(alice.address(), bob, "told by " + peer), " RET=HDRS ENVID=interop-7", " NOTIFY=SUCCESS");
        String report = text(Inbox.of(platform.port(Port.IMAP), alice, 1).getFirst());
        assertTrue(report.matches("(?is).*\r\nAction: (relayed|delivered)\\b.*"), report);
        // OpenSMTPD leaves the envelope's id out.
        assertEquals(peer.kind() != MailPeer.Kind.OPENSMTPD, report.matches("(?is).*\r\nOriginal-Envelope-Id: interop-7\r\n.*"), report);
    }

    @ParameterizedTest
    @MethodSource("peers")
    void aSuccessThatItAskedForIsToldToIt(MailPeer peer) throws IOException, InterruptedException {
        Account alice = platform.account();
        String bob = "asks@" + peer.kind().domain();
        send(peer, bob, alice.address(), Messages.plain(bob, alice.address(), "tell " + peer), " RET=HDRS ENVID=interop-8",
                " NOTIFY=SUCCESS ORCPT=rfc822;" + alice.address());
        assertDelivered(alice, "interop-8", SINK.next(bob, SECONDS));
    }

    /** As somebody on its machine asks. */
    @Test
    void aSuccessThatSendmailOfPostfixAskedForIsTold() throws IOException, InterruptedException {
        Account alice = platform.account();
        MailPeer postfix = peer(MailPeer.Kind.POSTFIX);
        String carol = "carol@" + postfix.kind().domain();
        postfix.sendmail(Messages.plain(carol, alice.address(), "tell me"), "-N", "success", "-V", "interop-9", "-f", carol, alice.address());
        assertDelivered(alice, "interop-9", SINK.next(carol, SECONDS));
    }

    /** As the MTA before Postel, with its {@code virtual_transport}: one transaction for both, of whom Postel refuses one at RCPT (RFC 2033 §4.2). */
    @Test
    void postfixBringsMailOverLmtpAndBouncesWhatIsRefusedThere() throws IOException, InterruptedException {
        Account dora = platform.account("dora@" + MAILBOXES);
        String nobody = "nobody@" + MAILBOXES;
        MailPeer postfix = peer(MailPeer.Kind.POSTFIX);
        String erin = "erin@" + postfix.kind().domain();
        byte[] message = Messages.plain(erin, dora.address(), "to both");
        postfix.sendmail(message, "-i", "-f", erin, dora.address(), nobody);
        String read = text(Inbox.of(platform.port(Port.IMAP), dora, 1).getFirst());
        assertTrue(read.endsWith(text(message)), read);
        assertTrue(firstReceived(read).contains(" with LMTPS id "), read);
        RemoteServer.Taken report = SINK.next(erin, SECONDS);
        assertEquals("", report.from());
        String bounce = text(report.message());
        assertTrue(bounce.contains("Final-Recipient: rfc822; " + nobody) && bounce.contains("Action: failed") && bounce.contains("Status: 5.1.1"), bounce);
        assertFalse(bounce.contains("Final-Recipient: rfc822; " + dora.address()), bounce);
        // One message, and what is refused at RCPT is known first.
        postfix.awaitLogged("postfix/lmtp\\[\\d+]: (\\w+): to=<" + nobody + ">, .* status=bounced .* said: 550 5\\.1\\.1 .*\\(in reply to RCPT TO command\\)\\)\n"
                + "(?s:.*)postfix/lmtp\\[\\d+]: \\1: to=<" + dora.address() + ">, [^\n]* status=sent ");
    }

    /** RFC 3464 §2. */
    private static void assertDelivered(Account recipient, String envelopeId, RemoteServer.Taken report) {
        String read = text(report.message());
        assertEquals("", report.from(), read);
        assertTrue(read.matches("(?is).*\r\nContent-Type: multipart/report;\\s+report-type=\"?delivery-status\"?;.*"), read);
        String status = read.substring(read.indexOf("message/delivery-status"));
        for (String field : List.of("Reporting-MTA: dns; mail.example.test", "Original-Envelope-Id: " + envelopeId, "Original-Recipient: rfc822;" + recipient.address(),
                "Final-Recipient: rfc822;" + recipient.address(), "Action: delivered", "Status: 2.")) {
            assertTrue(status.replace("; ", ";").contains("\r\n" + field.replace("; ", ";")), () -> field + " is not in " + status);
        }
    }

    /** It marks in its log with K what went with BDAT (RFC 3030). */
    @Test
    void eximSendsInChunks() throws IOException {
        Account alice = platform.account();
        MailPeer exim = peer(MailPeer.Kind.EXIM);
        String bob = "chunks@" + exim.kind().domain();
        send(exim, bob, alice.address(), Messages.plain(bob, alice.address(), "in chunks"), "", "");
        exim.awaitLogged(" => " + alice.address() + " .* T=postel .* K ");
    }

    /** Exim marks in its log with K what came with BDAT; Postfix counts the commands of a session when it ends. */
    @ParameterizedTest
    @MethodSource("peers")
    void ourMailArrivesThereInChunksWhereOffered(MailPeer peer) throws IOException, InterruptedException {
        assumeTrue(peer.keywords().contains("CHUNKING"), peer + " does not offer CHUNKING");
        Account alice = platform.account();
        String bob = alice.address().replace("@", "-chunks@").replace("example.test", peer.kind().domain());
        submit(alice, bob, Messages.plain(alice.address(), bob, "in chunks"), "", "");
        SINK.next(bob, SECONDS);
        peer.awaitLogged(peer.kind() == MailPeer.Kind.EXIM ? " <= " + alice.address() + " .* K .* for " + bob : "disconnect from .* bdat=[1-9]");
    }

    private static MailPeer peer(MailPeer.Kind kind) {
        return PEERS.stream().filter(peer -> peer.kind() == kind).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("peers")
    void addressesInUtf8PassBothWays(MailPeer peer) throws IOException, InterruptedException {
        assumeTrue(peer.keywords().contains("SMTPUTF8"), peer + " does not speak SMTPUTF8");
        Account alice = platform.account();
        String greetings = "grüße-" + peer + "@example.test";
        platform.alias(greetings, alice.address());
        String bob = "bücher@" + peer.kind().domain();
        byte[] out = ("From: <" + alice.address() + ">\r\nTo: <" + bob + ">\r\nSubject: für " + peer
                + "\r\nDate: Mon, 2 Feb 2026 10:00:00 +0000\r\nMessage-ID: <utf8." + peer + "@example.test>\r\n\r\nGrüße\r\n").getBytes(StandardCharsets.UTF_8);
        submit(alice, bob, out, " SMTPUTF8 BODY=8BITMIME", "");
        assertTrue(text(SINK.next(octets(bob), SECONDS).message()).endsWith(text(out)));
        send(peer, bob, greetings, out, " SMTPUTF8 BODY=8BITMIME", "");
        String read = text(Inbox.of(platform.port(Port.IMAP), alice, 1).getFirst());
        assertTrue(read.endsWith(text(out)), read);
        assertTrue(firstReceived(read).contains(" with UTF8SMTPS"), read);
    }

    private static void submit(Account from, String to, byte[] message, String mail, String rcpt) throws IOException {
        try (SmtpClient smtp = SmtpClient.connect(platform.port(Port.SUBMISSION)).startTls()) {
            String login = smtp.login(from);
            assertTrue(login.startsWith("235"), login);
            String reply = smtp.send(from.address(), to, message, mail, rcpt);
            assertTrue(reply.startsWith("250"), reply);
        }
    }

    private static void send(MailPeer peer, String from, String to, byte[] message, String mail, String rcpt) throws IOException {
        try (SmtpClient smtp = SmtpClient.connect(peer.port())) {
            String reply = smtp.send(from, to, message, mail, rcpt);
            assertTrue(reply.startsWith("250"), reply);
        }
    }

    private static String firstReceivedBy(MailPeer peer, byte[] message) {
        String received = firstReceived(text(message));
        assertTrue(received.contains("by " + peer.kind().domain()), received);
        return received;
    }

    private static String firstReceived(String message) {
        int at = message.indexOf("Received:");
        return message.substring(at, message.indexOf("\r\n", message.indexOf(";", at)));
    }

    private static String text(byte[] message) {
        return new String(message, StandardCharsets.ISO_8859_1);
    }

    /** As the sink reads: each octet of the UTF-8 a character. */
    private static String octets(String address) {
        return text(address.getBytes(StandardCharsets.UTF_8));
    }
}
