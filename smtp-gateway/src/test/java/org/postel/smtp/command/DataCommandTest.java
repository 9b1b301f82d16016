package org.postel.smtp.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.postel.mail.BodyType;
import org.postel.mail.ReversePath;
import org.postel.smtp.policy.HeaderRules;
import org.postel.smtp.session.AcceptedRecipient;
import org.postel.smtp.session.Client;
import org.postel.smtp.session.Login;
import org.postel.smtp.session.Replies;
import org.postel.smtp.session.SmtpState.Addressing;
import org.postel.smtp.session.SmtpState.Greeted;
import org.postel.smtp.session.Step;
import org.postel.smtp.syntax.ClientName;
import org.postel.smtp.syntax.MailDsn;
import org.postel.smtp.syntax.RcptDsn;
import org.postel.smtp.syntax.Reply;
import org.postel.smtp.syntax.SmtpCommand;
import org.postel.smtp.trust.Untouched;

class DataCommandTest {

    private static final int INLINE = 64 * 1024;
    private static final int LARGEST = 4 * 1024 * 1024;
    private static final int BUDGET = 1024 * 1024;
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-04T05:06:07Z"), ZoneOffset.UTC);
    private static final Login ALICE = new Login.Authenticated(FakeAuthenticator.ALICE);

    private final FakeQueue queue = new FakeQueue();
    private final FakeContentStore store = new FakeContentStore();
    private boolean hidden;
    private Optional<Reply> limit = Optional.empty();
    private final CountingBudget budget = new CountingBudget(BUDGET);

    @Test
    void theTraceLineIsFirstAndTheRestIsUnchanged() throws IOException {
        Reply reply = send(new Login.Anonymous(), "Subject: x\r\n\r\nbody\r\n");
        AcceptedMessage message = queue.messages().getFirst();
        assertEquals("Queued as " + message.id(), reply.lines().getFirst());
        assertEquals("Received: from client.example.org ([192.0.2.1])\r\n\tby mx.example.test with ESMTPS id " + message.id()
            + "\r\n\tfor <bob@example.test>;\r\n\tWed, 4 Mar 2026 05:06:07 +0000\r\nSubject: x\r\n\r\nbody\r\n", text(message));
    }

    @Test
    void submissionAddsDateAndMessageIdWhereTheyAreMissing() throws IOException {
        send(ALICE, "From: alice@example.test\r\n\r\nbody\r\n");
        AcceptedMessage message = queue.messages().getFirst();
        assertTrue(text(message).endsWith("From: alice@example.test\r\nDate: Wed, 4 Mar 2026 05:06:07 +0000\r\nMessage-ID: <" + message.id()
            + "@example.test>\r\n\r\nbody\r\n"), text(message));
        assertTrue(text(message).contains("with ESMTPSA"));
    }

    @Test
    void whoHasSentEnoughIsRefusedAfterTheContent() throws IOException {
        limit = Optional.of(Reply.of(450, "4.7.1", "This account may send 100 messages in an hour; try again in 2 minutes"));
        assertEquals(limit.get(), send(ALICE, "From: alice@example.test\r\n\r\nbody\r\n"));
        assertEquals("5.7.1", send(ALICE, "From: mallory@example.test\r\n\r\nbody\r\n").status(), "what is refused for good does not count");
        assertEquals(0, queue.messages().size());
    }

    @Test
    void contentUpToTheInlineLimitTravelsInTheRecord() throws IOException {
        send(new Login.Anonymous(), "A: b\r\n\r\n" + "x".repeat(INLINE - 1000) + "\r\n");
        assertInstanceOf(Content.Inline.class, queue.messages().getFirst().content());
        assertEquals(0, store.finished().size());
    }

    @Test
    void largerContentGoesThroughTheClaimCheck() throws IOException {
        String content = "A: b\r\n\r\n" + "0123456789abcdef\r\n".repeat(100_000);
        send(new Login.Anonymous(), content);
        AcceptedMessage message = queue.messages().getFirst();
        byte[] stored = store.finished().get(message.id());
        assertEquals(new Content.Claimed(stored.length), message.content());
        assertTrue(new String(stored, StandardCharsets.ISO_8859_1).endsWith("\r\n" + content));
        assertTrue(budget.most < 4 * INLINE, "held " + budget.most);
    }

    @Test
    void whatIsAnnouncedToBeLargeIsNotHeld() throws IOException {
        var mail = new SmtpCommand.Mail(new ReversePath.Null(), OptionalLong.of(INLINE + 1), BodyType.SEVEN_BIT, false, MailDsn.NONE);
        Addressing envelope = new Addressing(step(new Login.Anonymous()).envelope().client(), new Login.Anonymous(), mail, step(new Login.Anonymous()).envelope().to());
        command().decide(new Step.ReadContent(envelope, Replies.CONTENT_GO_AHEAD), peer(), new Wire("A: b\r\n\r\n.\r\n".getBytes(StandardCharsets.ISO_8859_1)));
        assertInstanceOf(Content.Claimed.class, queue.messages().getFirst().content());
        assertTrue(budget.most <= 24 * 1024, "held " + budget.most);
    }

    @Test
    void everySizeComesThroughWhole() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            StringBuilder body = new StringBuilder("A: b\r\n\r\n");
            for (int size = random.nextInt(2 * INLINE); body.length() < size; ) {
                body.append("y".repeat(random.nextInt(3000))).append("\r\n");
            }
            assertEquals(250, send(new Login.Anonymous(), body.toString()).code());
            AcceptedMessage message = queue.messages().getLast();
            byte[] whole = message.content() instanceof Content.Inline(byte[] octets) ? octets : store.finished().get(message.id());
            assertTrue(new String(whole, StandardCharsets.ISO_8859_1).endsWith("+0000\r\n" + body), "seed " + seed);
        }
    }

    @Test
    void withoutRoomInMemoryContentIsStreamedOnEarly() throws IOException {
        budget.free = 24 * 1024 + 2 * Segments.SEGMENT;
        send(new Login.Anonymous(), "A: b\r\n\r\n" + "x".repeat(40_000) + "\r\n");
        assertInstanceOf(Content.Claimed.class, queue.messages().getFirst().content());
        assertTrue(new String(store.finished().values().iterator().next(), StandardCharsets.ISO_8859_1).endsWith("xx\r\n"));
    }

    @Test
    void withoutAnyRoomNothingIsAskedFor() throws IOException {
        budget.free = 0;
        Step.Answer answer = command().decide(step(new Login.Anonymous()), peer(), new Wire(new byte[0]));
        assertEquals(452, answer.reply().code());
        assertInstanceOf(Addressing.class, answer.next());
    }

    @Test
    void tooLargeIsSaidAfterTheFinalDot() throws IOException {
        assertEquals(Replies.TOO_LARGE, send(new Login.Anonymous(), "A: b\r\n\r\n" + "x".repeat(LARGEST) + "\r\n"));
        assertEquals(0, store.open());
        assertEquals(0, store.finished().size());
    }

    // RFC 1870 §6.1: the announced size is of what the client sends, without what we add to it and remove from it.
    @Test
    void aMailOfExactlyTheAnnouncedSizeIsTaken() throws IOException {
        String start = "From: alice@example.test\r\nBcc: bob@example.test\r\n\r\n";
        String exact = start + "x".repeat(LARGEST - start.length() - 2) + "\r\n";
        assertEquals(250, send(ALICE, exact).code());
        assertEquals(Replies.TOO_LARGE, send(ALICE, "A: b\r\n" + exact.substring(5)));
    }

    @Test
    void blindCopiesAreNotNamedToTheOthers() throws IOException {
        send(ALICE, "From: alice@example.test\r\nBcc: bob@example.test,\r\n carol@example.test\r\nDate: x\r\nBCC: dave@example.test\r\n"
            + "Message-ID: <1@x>\r\n\r\n.Bcc: body\r\n".replace("\n.", "\n.."));
        assertTrue(text(queue.messages().getFirst()).endsWith(" +0000\r\nFrom: alice@example.test\r\nDate: x\r\nMessage-ID: <1@x>\r\n\r\n.Bcc: body\r\n"));
        send(new Login.Anonymous(), "Bcc: bob@example.test\r\n\r\n");
        assertTrue(text(queue.messages().getLast()).endsWith(" +0000\r\nBcc: bob@example.test\r\n\r\n"));
    }

    @Test
    void theClientOfALoginIsHiddenWhereThatIsConfigured() throws IOException {
        hidden = true;
        send(ALICE, "From: alice@example.test\r\n\r\n");
        assertTrue(text(queue.messages().getFirst()).startsWith("Received: from unknown\r\n\tby mx.example.test with ESMTPSA id "));
        send(new Login.Anonymous(), "A: b\r\n\r\n");
        assertTrue(text(queue.messages().getLast()).startsWith("Received: from client.example.org ([192.0.2.1])\r\n"));
    }

    @Test
    void aBareLineEndIsSaidAfterTheRealEnd() throws IOException {
        assertEquals(MessageIntake.BARE_LINE_END, send(new Login.Anonymous(), "A: b\r\n\r\nx\n.\nMAIL FROM:<a@b.test>\r\n"));
        assertEquals(MessageIntake.NUL, send(new Login.Anonymous(), "A: b\0\r\n"));
        assertEquals(List.of(), queue.messages());
    }

    @Test
    void aHeaderOverTheLimitIsRefused() throws IOException {
        assertEquals(MessageIntake.HEADER_TOO_LARGE, send(new Login.Anonymous(), "A: " + "x".repeat(40_000) + "\r\n\r\n"));
    }

    @Test
    void aSilentQueueIsNeverAYes() throws IOException {
        queue.down(true);
        assertEquals(451, send(new Login.Anonymous(), "A: b\r\n\r\n").code());
    }

    @Test
    void aFailingStoreIsNeverAYesAndContentIsReadToItsEnd() throws IOException {
        store.failAfter(INLINE + 10_000);
        assertEquals(451, send(new Login.Anonymous(), "A: b\r\n\r\n" + "x".repeat(10 * INLINE) + "\r\n").code());
        assertEquals(0, store.open());
    }

    @Test
    void aClientThatLeavesLeavesNothingBehind() {
        Wire cut = new Wire(("A: b\r\n\r\n" + "x".repeat(2 * INLINE)).getBytes(StandardCharsets.ISO_8859_1));
        assertThrows(IOException.class, () -> command().decide(step(new Login.Anonymous()), peer(), cut));
        assertEquals(0, store.open());
        assertEquals(BUDGET, budget.free);
    }

    private Reply send(Login login, String content) throws IOException {
        byte[] octets = (content + ".\r\nNOOP\r\n").getBytes(StandardCharsets.ISO_8859_1);
        Wire wire = new Wire(octets);
        Step.Answer answer = command().decide(step(login), peer(), wire);
        assertInstanceOf(Greeted.class, answer.next());
        assertEquals(octets.length - 6, wire.position, "what follows the dot is left");
        assertEquals(store.open(), 0);
        return answer.reply();
    }

    private DataCommand command() {
        return new DataCommand(new MessageIntake(queue, store, new HeaderRules(3, "mx.example.test", CLOCK),
            (login, recipients) -> limit,
            (envelope, peer, out, room) -> new Untouched(out), budget, new ContentLimits(INLINE, 32 * 1024, LARGEST), new TraceLine("mx.example.test", hidden), CLOCK));
    }

    private static Step.ReadContent step(Login login) {
        var mail = new SmtpCommand.Mail(new ReversePath.Null(), OptionalLong.empty(), BodyType.SEVEN_BIT, false, MailDsn.NONE);
        return new Step.ReadContent(new Addressing(new Client(new ClientName("client.example.org"), true), login, mail,
            List.of(new AcceptedRecipient("bob@example.test", "bob@example.test", RcptDsn.NONE))), Replies.CONTENT_GO_AHEAD);
    }

    private static Peer peer() {
        return new Peer(InetAddress.ofLiteral("192.0.2.1"), "TLSv1.3, TLS_AES_256_GCM_SHA384");
    }

    private static String text(AcceptedMessage message) {
        return new String(assertInstanceOf(Content.Inline.class, message.content()).octets(), StandardCharsets.ISO_8859_1);
    }

    /** Gives octets in pieces and then breaks off. */
    private static final class Wire implements ContentSource {

        private final byte[] octets;
        private int position;

        Wire(byte[] octets) {
            this.octets = octets;
        }

        @Override
        public void invite(Reply goAhead) {
            assertEquals(354, goAhead.code());
        }

        @Override
        public int read(byte[] into) throws IOException {
            if (position == octets.length) {
                throw new IOException("gone");
            }
            int count = Math.min(into.length, octets.length - position);
            System.arraycopy(octets, position, into, 0, count);
            position += count;
            return count;
        }

        @Override
        public void unread(int count) {
            position -= count;
        }
    }

    private static final class CountingBudget implements ContentBudget {

        private int free;
        private int most;

        CountingBudget(int free) {
            this.free = free;
        }

        @Override
        public boolean acquire(int octets) {
            if (octets > free) {
                return false;
            }
            free -= octets;
            most = Math.max(most, BUDGET - free);
            return true;
        }

        @Override
        public void release(int octets) {
            free += octets;
        }
    }
}
