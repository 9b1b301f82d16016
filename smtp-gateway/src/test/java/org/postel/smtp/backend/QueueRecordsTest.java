package org.postel.smtp.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.BodyType;
import org.postel.mail.QueueId;
import org.postel.mail.ReversePath;
import org.postel.queue.QueueUnavailableException;
import org.postel.queue.QueueWriter;
import org.postel.queue.v1.DeadLetter;
import org.postel.queue.v1.Place;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Stage;
import org.postel.queue.v1.TraceEvent;
import org.postel.smtp.command.AcceptedMessage;
import org.postel.smtp.command.Assessment;
import org.postel.smtp.command.BackendUnavailableException;
import org.postel.smtp.command.Content;
import org.postel.smtp.command.Peer;
import org.postel.smtp.session.AcceptedRecipient;
import org.postel.smtp.session.Account;
import org.postel.smtp.session.Client;
import org.postel.smtp.session.Login;
import org.postel.smtp.session.SmtpState.Addressing;
import org.postel.smtp.syntax.ClientName;
import org.postel.smtp.syntax.MailDsn;
import org.postel.smtp.syntax.RcptDsn;
import org.postel.smtp.syntax.RcptDsn.Notify;
import org.postel.smtp.syntax.SmtpCommand;

class QueueRecordsTest {

    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_123L);

    @Test
    void aRecordSaysAllThatTheMessageIs() throws AddressSyntaxException {
        AcceptedMessage message = message(new Content.Inline(new byte[] {1, 2, 3}));
        QueuedMessage record = QueueRecords.message(message);
        assertEquals(message.id(), QueueId.of(record.getQueueId().toByteArray()));
        assertEquals("alice@example.test", record.getReversePath());
        assertEquals(List.of("bob@example.test", "ops@example.test"), record.getRecipientsList().stream().map(r -> r.getAddress()).toList());
        assertEquals(List.of("", "Postmaster"), record.getRecipientsList().stream().map(r -> r.getOriginal()).toList());
        assertEquals(QueuedMessage.Body.EIGHT_BIT_MIME, record.getBody());
        assertEquals(true, record.getSmtputf8());
        assertEquals(AT.toEpochMilli(), record.getAcceptedAt());
        assertEquals(Stage.ROUTE, record.getStage());
        assertEquals(List.of("192.0.2.1", "client", "alice@example.test", true), List.of(record.getOrigin().getClientAddress(),
            record.getOrigin().getHelo(), record.getOrigin().getAuthenticatedAs(), record.getOrigin().getTls()));
        assertEquals(3, record.getInline().size());
        assertEquals(QueuedMessage.Tls.REQUIRED, record.getTls());
        assertEquals(List.of("a+2Bb", "HDRS"), List.of(record.getEnvelopeId(), record.getReturnContent()));
        assertEquals(List.of("SUCCESS,DELAY", ""), record.getRecipientsList().stream().map(r -> r.getNotify()).toList());
        assertEquals(List.of("rfc822;b+2Bx@example.test", ""), record.getRecipientsList().stream().map(r -> r.getOriginalRecipientParameter()).toList());
        assertEquals("Authentication-Results: mx; none\r\n", record.getTrustFields());
        assertEquals(true, record.getJunk());
    }

    @Test
    void claimedContentIsItsSize() throws AddressSyntaxException {
        QueuedMessage record = QueueRecords.message(message(new Content.Claimed(5_000_000)));
        assertEquals(QueuedMessage.ContentCase.CLAIMED_SIZE, record.getContentCase());
        assertEquals(5_000_000, record.getClaimedSize());
    }

    @Test
    void theTraceNamesTheMessageId() throws AddressSyntaxException {
        TraceEvent event = QueueRecords.accepted(message(new Content.Claimed(7)), "mx");
        assertEquals(List.of("accepted", "<1@x>", "mx"), List.of(event.getStep(), event.getMessageId(), event.getHost()));
        assertEquals(List.of("alice@example.test", 7L), List.of(event.getSender(), event.getSize()));
        assertEquals("from <alice@example.test> by client [192.0.2.1] under TLSv1.3, TLS_AES_256_GCM_SHA384 as alice@example.test, 2 recipients, 7 octets", event.getDetail());
    }

    @Test
    void theTraceSaysWhatCameInClear() throws AddressSyntaxException {
        AcceptedMessage message = message(new Content.Claimed(7), "");
        assertTrue(QueueRecords.accepted(message, "mx").getDetail().contains(" by client [192.0.2.1] in clear as alice@example.test, "));
        assertFalse(QueueRecords.message(message).getOrigin().getTls());
    }

    @Test
    void aTraceFollowsOnlyWhatIsQueued() throws Exception {
        Recording writer = new Recording();
        KafkaQueue queue = new KafkaQueue(writer, "mx");
        queue.accept(message(new Content.Claimed(7)));
        assertEquals(List.of("enqueue", "trace"), writer.calls);
        writer.down = true;
        assertThrows(BackendUnavailableException.class, () -> queue.accept(message(new Content.Claimed(7))));
        assertEquals(List.of("enqueue", "trace", "enqueue"), writer.calls);
    }

    private static AcceptedMessage message(Content content) throws AddressSyntaxException {
        return message(content, "TLSv1.3, TLS_AES_256_GCM_SHA384");
    }

    private static AcceptedMessage message(Content content, String tlsSecurity) throws AddressSyntaxException {
        var mail = new SmtpCommand.Mail(ReversePath.ofAddress("alice@example.test"), OptionalLong.empty(), BodyType.EIGHT_BIT_MIME, true,
            new MailDsn("HDRS", "a+2Bb"), true);
        Login login = new Login.Authenticated(new Account("alice@example.test", Set.of("alice@example.test"), () -> true));
        Addressing envelope = new Addressing(new Client(new ClientName("client"), true), login, mail,
            List.of(new AcceptedRecipient("bob@example.test", "bob@example.test", new RcptDsn(EnumSet.of(Notify.DELAY, Notify.SUCCESS), "rfc822;b+2Bx@example.test")),
                new AcceptedRecipient("ops@example.test", "Postmaster", RcptDsn.NONE)));
        return new AcceptedMessage(QueueId.next(), envelope, content, "<1@x>", new Peer(InetAddress.ofLiteral("192.0.2.1"), tlsSecurity), AT,
            new Assessment(Optional.empty(), "Authentication-Results: mx; none\r\n", true));
    }

    private static final class Recording implements QueueWriter {

        private final List<String> calls = new ArrayList<>();
        private boolean down;

        @Override
        public void enqueue(QueuedMessage message) throws QueueUnavailableException {
            calls.add("enqueue");
            if (down) {
                throw new QueueUnavailableException("down", new IllegalStateException());
            }
        }

        @Override
        public void relay(QueuedMessage message) {
            calls.add("relay");
        }

        @Override
        public void relaySlowly(QueuedMessage message) {
            calls.add("relaySlowly");
        }

        @Override
        public Place retry(QueuedMessage message, Duration tier) {
            calls.add("retry");
            return Place.getDefaultInstance();
        }

        @Override
        public void takeBack(Place place, QueuedMessage message) {
            calls.add("takeBack");
        }

        @Override
        public void hold(QueuedMessage message) {
            calls.add("hold");
        }

        @Override
        public void bury(DeadLetter letter) {
            calls.add("bury");
        }

        @Override
        public void trace(TraceEvent event) {
            calls.add("trace");
        }
    }
}
