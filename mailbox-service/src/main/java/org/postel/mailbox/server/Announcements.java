package org.postel.mailbox.server;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.api.v1.MailboxEvent;
import org.postel.mailbox.events.MailboxEvents;
import org.postel.mailbox.storage.CommitListener;

/** Tells the gateways what was committed, on the topic of events. */
final class Announcements implements CommitListener {

    private final MailboxEvents events;

    Announcements(MailboxEvents events) {
        this.events = events;
    }

    @Override
    public void committed(UUID account, Optional<UUID> mailbox, long modseq) {
        events.publish(event(account, mailbox).setModseq(modseq).build());
    }

    @Override
    public void annotated(UUID account, Optional<UUID> mailbox, Collection<String> entries) {
        events.publish(event(account, mailbox).addAllMetadataEntry(entries).build());
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
