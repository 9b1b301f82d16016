package org.postel.smtp.command;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.postel.mail.QueueId;
import org.postel.smtp.session.Login;
import org.postel.smtp.session.Replies;
import org.postel.smtp.session.SmtpState.Addressing;
import org.postel.smtp.syntax.ContentDecoder.Fault;
import org.postel.smtp.syntax.ContentSink;
import org.postel.smtp.syntax.Reply;

/** Takes messages in, whichever way their content comes: puts the trace line before it, checks it and queues it. */
public final class MessageIntake {

    private static final Logger LOG = Logger.getLogger(MessageIntake.class);
    /** The octets a command reads at once. */
    static final int BLOCK = 8 * 1024;
    // The block, and about as much for decoder and header.
    private static final int BASE = 3 * BLOCK;
    // A bare CR or LF may be a hidden end of data for the next server (CVE-2023-51764): RFC 5321 §2.3.8. No registered status
    // fits; 5.6.11 is what Exchange says for it, so senders' operators find it.
    static final Reply BARE_LINE_END = Reply.of(550, "5.6.11", "Bare CR or LF in the message: lines end in CRLF");
    static final Reply NUL = Reply.of(550, "5.6.0", "NUL octet in the message");
    static final Reply HEADER_TOO_LARGE = Reply.of(552, "5.3.4", "Message header is too large");
    /** The budget has none left. */
    public static final Reply NO_ROOM = Reply.of(452, "4.3.1", "No room for a message now; try again later");
    static final Reply NOT_QUEUED = Reply.of(451, "4.3.0", "Cannot queue the message now; try again later");

    private final MessageQueue queue;
    private final ContentStore store;
    private final ContentRules rules;
    private final SendingLimits sendingLimits;
    private final Inspector inspector;
    private final ContentBudget budget;
    private final ContentLimits limits;
    private final TraceLine traceLine;
    private final Clock clock;

    public MessageIntake(MessageQueue queue, ContentStore store, ContentRules rules, SendingLimits sendingLimits, Inspector inspector, ContentBudget budget,
                         ContentLimits limits, TraceLine traceLine, Clock clock) {
        this.queue = queue;
        this.store = store;
        this.rules = rules;
        this.sendingLimits = sendingLimits;
        this.inspector = inspector;
        this.budget = budget;
        this.limits = limits;
        this.traceLine = traceLine;
        this.clock = clock;
    }

    /** A message whose content may come now; empty when there is no room for it in memory. */
    Optional<Incoming> open(Addressing envelope, Peer peer) {
        Reservation reservation = new Reservation(budget);
        return reservation.grow(BASE) ? Optional.of(new Incoming(envelope, peer, reservation)) : Optional.empty();
    }

    /** A message on its way in. Closed before it is finished, nothing of it is kept. */
    final class Incoming implements ContentSink, AutoCloseable {

        private final QueueId id = QueueId.next();
        private final ZonedDateTime at = ZonedDateTime.now(clock);
        private final Addressing envelope;
        private final Peer peer;
        private final Reservation reservation;
        private final Spool spool;
        private final HeaderScanner scanner;
        private final Inspection inspection;
        // What the client sent: what we add or remove counts for nothing, else a mail of the size that EHLO announces is too large.
        private long taken;

        private Incoming(Addressing envelope, Peer peer, Reservation reservation) {
            this.envelope = envelope;
            this.peer = peer;
            this.reservation = reservation;
            // RFC 1870 §6.1: what its client says is too large for a record need not be held until that shows.
            int inline = envelope.mail().size().orElse(0) > limits.inline() ? 0 : limits.inline();
            this.spool = new Spool(id, store, inline, new Segments(reservation, BASE));
            this.scanner = new HeaderScanner(spool, limits.header(), rules.removed(envelope.login()),
                header -> rules.missing(envelope.login(), header, id));
            this.inspection = inspector.open(envelope, peer, scanner, budget);
            byte[] received = traceLine.of(id, envelope, peer, at).getBytes(StandardCharsets.UTF_8);
            spool.accept(received, 0, received.length);
        }

        QueueId id() {
            return id;
        }

        /** Takes content as the client means it: without dots of transparency. */
        @Override
        public void accept(byte[] octets, int offset, int length) {
            taken += length;
            if (tooLarge()) {
                spool.giveUp();
            }
            inspection.accept(octets, offset, length);
        }

        /** Why it cannot be taken whatever else comes, or empty. */
        Optional<Reply> refusal(Set<Fault> faults) {
            if (faults.contains(Fault.BARE_LINE_END)) {
                return refused(BARE_LINE_END);
            }
            if (faults.contains(Fault.NUL)) {
                return refused(NUL);
            }
            if (tooLarge()) {
                return refused(Replies.TOO_LARGE);
            }
            if (inspection.starved()) {
                return refused(NO_ROOM);
            }
            if (scanner.header().tooLarge()) {
                return refused(HEADER_TOO_LARGE);
            }
            return spool.failure().map(this::deferred);
        }

        /** There is no more content: queues the message, or says why not. */
        Reply finish(Set<Fault> faults) {
            inspection.end();
            scanner.end();
            Login login = envelope.login();
            return refusal(faults)
                .or(() -> rules.refusal(login, scanner.header()).flatMap(this::refused))
                .orElseGet(this::assessed);
        }

        // RFC 1870 §5 and §6.3
        private boolean tooLarge() {
            return taken > limits.message();
        }

        // Whoever breaks a rule of content needs no look-ups.
        private Reply assessed() {
            Assessment assessment = assess();
            // The last question: what is refused for another reason does not count.
            return assessment.refusal().or(() -> sendingLimits.refusal(envelope.login(), envelope.to().size())).flatMap(this::refused)
                .orElseGet(() -> queue(assessment));
        }

        // A bug in what a stranger's records lead to costs the judgement, not the mail.
        private Assessment assess() {
            try {
                return inspection.assess();
            } catch (RuntimeException e) {
                LOG.error("the message is taken without judgement", e);
                return Assessment.NOTHING;
            }
        }

        private Reply queue(Assessment assessment) {
            try {
                Content content = spool.finish();
                queue.accept(new AcceptedMessage(id, envelope, content, scanner.header().messageId().orElse(""), peer, at.toInstant(),
                    assessment));
                LOG.infof("accepted from=%s recipients=%d size=%d client=%s", envelope.mail().from(), envelope.to().size(), content.size(),
                    peer.address().getHostAddress());
                return Reply.of(250, "2.0.0", "Queued as " + id);
            } catch (BackendUnavailableException e) {
                return deferred(e);
            }
        }

        private Optional<Reply> refused(Reply reply) {
            LOG.infof("message refused: %d %s", reply.code(), reply.status());
            return Optional.of(reply);
        }

        private Reply deferred(BackendUnavailableException failure) {
            LOG.warnf("message deferred: %s", failure.getMessage());
            return NOT_QUEUED;
        }

        @Override
        public void close() {
            inspection.close();
            spool.close();
            reservation.close();
        }
    }
}
