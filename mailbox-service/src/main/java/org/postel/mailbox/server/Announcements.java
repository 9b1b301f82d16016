package org.postel.mailbox.server;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.api.v1.MailboxEvent;
import org.postel.mailbox.events.MailboxEvents;
import org.postel.mailbox.storage.CommitListener;
import org.postel.queue.Topics;
import org.postel.tracing.Kind;
import org.postel.tracing.Span;

/** Tells the gateways what was committed, on the topic of events. */
final class Announcements implements CommitListener {

    private final MailboxEvents events;

    Announcements(MailboxEvents events) {
        this.events = events;
    }

    @Override
    public void committed(UUID account, Optional<UUID> mailbox, long modseq) {
        publish(event(account, mailbox).setModseq(modseq));
    }

    @Override
    public void annotated(UUID account, Optional<UUID> mailbox, Collection<String> entries) {
        publish(event(account, mailbox).addAllMetadataEntry(entries));
    }

    /** Who may use an account, or what opens it, changed: the gateways ask whether its sessions still stand. */
    void accessChanged(UUID account) {
        publish(event(account, Optional.empty()).setAccessChanged(true));
    }

    /** Whoever hears of it goes on with the trace of what was committed. */
    private void publish(MailboxEvent.Builder event) {
        try (Span span = Span.current().child(Kind.PRODUCER, "send", Topics.MAILBOX_EVENTS)) {
            events.publish(event.setTraceParent(span.traceParent()).build());
        }
    }

    private static MailboxEvent.Builder event(UUID account, Optional<UUID> mailbox) {
        MailboxEvent.Builder event = MailboxEvent.newBuilder().setAccountId(octets(account));
        mailbox.ifPresent(id -> event.setMailboxId(octets(id)));
        return event;
    }

    private static ByteString octets(UUID id) {
        return ByteString.copyFrom(ByteBuffer.allocate(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).flip());
    }
}
