package org.postel.smtp.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.postel.mail.QueueId;
import org.postel.mail.Received;
import org.postel.mail.TransmissionProtocol;
import org.postel.smtp.session.Login;
import org.postel.smtp.session.Replies;
import org.postel.smtp.session.SmtpState.Addressing;
import org.postel.smtp.session.Step.Answer;
import org.postel.smtp.session.Step.ReadContent;
import org.postel.smtp.syntax.ContentDecoder;
import org.postel.smtp.syntax.Reply;

/**
 * Takes the content of a message and answers for it: RFC 5321 §4.1.1.4. Whatever is wrong with the content, it is read to its
 * end first: else the rest of it would be read as commands.
 */
public final class DataCommand {

    private static final Logger LOG = Logger.getLogger(DataCommand.class);
    private static final int CHUNK = 8 * 1024;
    // The chunk, and about as much for decoder and header.
    private static final int BASE = 3 * CHUNK;
    // A bare CR or LF may be a hidden end of data for the next server (CVE-2023-51764): RFC 5321 §2.3.8. No registered status
    // fits; 5.6.11 is what Exchange says for it, so senders' operators find it.
    static final Reply BARE_LINE_END = Reply.of(550, "5.6.11", "Bare CR or LF in the message: lines end in CRLF");
    static final Reply NUL = Reply.of(550, "5.6.0", "NUL octet in the message");
    static final Reply HEADER_TOO_LARGE = Reply.of(552, "5.3.4", "Message header is too large");
    static final Reply NO_ROOM = Reply.of(452, "4.3.1", "No room for a message now; try again later");
    static final Reply NOT_QUEUED = Reply.of(451, "4.3.0", "Cannot queue the message now; try again later");

    private final MessageQueue queue;
    private final ContentStore store;
    private final ContentRules rules;
    private final ContentBudget budget;
    private final ContentLimits limits;
    private final String hostname;
    private final Clock clock;

    public DataCommand(MessageQueue queue, ContentStore store, ContentRules rules, ContentBudget budget, ContentLimits limits,
                       String hostname, Clock clock) {
        this.queue = queue;
        this.store = store;
        this.rules = rules;
        this.budget = budget;
        this.limits = limits;
        this.hostname = hostname;
        this.clock = clock;
    }

    /** The transaction is over in any case, but for a lack of room: then nothing was asked for yet. */
    public Answer decide(ReadContent step, Peer peer, ContentSource source) throws IOException {
        QueueId id = QueueId.next();
        MDC.put("queue_id", id.toString());
        try (Reservation reservation = new Reservation(budget)) {
            if (!reservation.grow(BASE)) {
                return new Answer(step.envelope(), NO_ROOM);
            }
            source.invite(step.goAhead());
            try (Spool spool = new Spool(id, store, limits, new Segments(reservation, BASE))) {
                return new Answer(step.envelope().ended(), take(id, step.envelope(), peer, source, spool));
            }
        } finally {
            MDC.remove("queue_id");
        }
    }

    private Reply take(QueueId id, Addressing envelope, Peer peer, ContentSource source, Spool spool) throws IOException {
        ZonedDateTime now = ZonedDateTime.now(clock);
        byte[] received = received(id, envelope, peer, now).getBytes(StandardCharsets.UTF_8);
        spool.accept(received, 0, received.length);
        Login login = envelope.login();
        HeaderScanner scanner = new HeaderScanner(spool, limits.header(), header -> rules.missing(login, header, id));
        ContentDecoder decoder = new ContentDecoder(scanner);
        readToEnd(source, decoder);
        scanner.end();
        Optional<Reply> refusal = refusal(decoder, scanner.header(), spool, login);
        if (refusal.isPresent()) {
            LOG.infof("message refused: %d %s", refusal.get().code(), refusal.get().status());
            return refusal.get();
        }
        return queue(spool, new Sealing(id, envelope, scanner.header().messageId().orElse(""), peer, now));
    }

    private static void readToEnd(ContentSource source, ContentDecoder decoder) throws IOException {
        byte[] chunk = new byte[CHUNK];
        while (!decoder.ended()) {
            int count = source.read(chunk);
            int used = decoder.take(chunk, 0, count);
            if (used < count) {
                source.unread(count - used);
            }
        }
    }

    private Optional<Reply> refusal(ContentDecoder decoder, Header header, Spool spool, Login login) {
        if (decoder.faults().contains(ContentDecoder.Fault.BARE_LINE_END)) {
            return Optional.of(BARE_LINE_END);
        }
        if (decoder.faults().contains(ContentDecoder.Fault.NUL)) {
            return Optional.of(NUL);
        }
        if (spool.tooLarge()) {
            return Optional.of(Replies.TOO_LARGE);
        }
        return header.tooLarge() ? Optional.of(HEADER_TOO_LARGE) : rules.refusal(login, header);
    }

    /** A message but for its content. */
    private record Sealing(QueueId id, Addressing envelope, String messageId, Peer peer, ZonedDateTime at) {
        AcceptedMessage with(Content content) {
            return new AcceptedMessage(id, envelope, content, messageId, peer, at.toInstant());
        }
    }

    private Reply queue(Spool spool, Sealing sealing) {
        try {
            AcceptedMessage message = sealing.with(spool.finish());
            queue.accept(message);
            LOG.infof("accepted from=%s recipients=%d size=%d client=%s", sealing.envelope().mail().from(),
                sealing.envelope().to().size(), message.content().size(), sealing.peer().address().getHostAddress());
            return Reply.of(250, "2.0.0", "Queued as " + sealing.id());
        } catch (BackendUnavailableException e) {
            LOG.warnf("message deferred: %s", e.getMessage());
            return NOT_QUEUED;
        }
    }

    private String received(QueueId id, Addressing envelope, Peer peer, ZonedDateTime now) {
        TransmissionProtocol with = TransmissionProtocol.of(envelope.client().extended(), envelope.mail().smtputf8(), peer.tls(),
            envelope.login() instanceof Login.Authenticated);
        Optional<String> recipient = envelope.to().size() == 1 ? Optional.of(envelope.to().getFirst().address()) : Optional.empty();
        return new Received(envelope.client().name().text(), peer.address(), hostname, with, id, recipient, now).toString();
    }
}
