package org.postel.mailbox.store;

import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.UnknownOutcomeException;
import org.postel.mailbox.content.Contents;
import org.postel.mailbox.content.Link;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/** Removes the mail of mailboxes that were deleted, and tells whether a link has its message. */
public final class MailboxPurge {

    private static final int PAGE = 500;
    private static final String LINKED = "SELECT payload, link FROM mailbox_log WHERE mailbox_id = ? AND kind = 1 AND position >= ?";
    private static final String NOTED = "SELECT payload, link FROM mailbox_log WHERE mailbox_id = ? AND kind = 5";
    private static final String STILL_GONE = "UPDATE mailbox_log SET fence = ? WHERE mailbox_id = ? IF gone = true";
    private static final String DROP = "DELETE FROM mailbox_log WHERE mailbox_id = ? AND kind >= 1";

    private final Cql cql;
    private final MailboxStore store;
    private final Contents contents;
    private final Clock clock;
    private final Duration grace;

    public MailboxPurge(Cql cql, MailboxStore store, Contents contents, Clock clock, Duration grace) {
        this.cql = cql;
        this.store = store;
        this.contents = contents;
        this.clock = clock;
        this.grace = grace;
    }

    /** Unlinks all content, then removes all rows. May be called again after it was cut off. */
    public void purge(UUID account, UUID mailbox) {
        Optional<LogHeader> header = store.log().header(mailbox);
        if (header.isEmpty()) {
            return;
        }
        if (!header.get().gone()) {
            store.remove(account, mailbox);
        }
        var rows = cql.readPages(PAGE, LINKED, mailbox, 0L).iterator();
        while (Cql.asking(rows::hasNext)) {
            Row row = rows.next();
            unlink(mailbox, message(row).getMessageId(), row);
        }
        for (Row row : Cql.asking(() -> cql.read(NOTED, mailbox).all())) {
            unlink(mailbox, ByteString.copyFrom(row.getByteBuffer("payload")), row);
        }
        try {
            cql.applied(List.of(cql.bind(STILL_GONE, header.get().fence(), mailbox), cql.bind(DROP, mailbox)));
        } catch (UnknownOutcomeException e) {
            throw new StoreException(Problem.UNAVAILABLE, "the purge is to be repeated", e);
        }
    }

    private void unlink(UUID mailbox, ByteString message, Row row) {
        contents.unlink(Uuids.of(message), List.of(new Link(mailbox, tag(row), 0)));
    }

    /** Whether the message that a link was made for came into its mailbox. */
    public boolean holds(UUID message, Link link, Instant linkedAt) {
        if (store.certainHeader(link.mailbox()).filter(header -> !header.gone()).isEmpty()) {
            return false;
        }
        ByteString id = Uuids.toBytes(message);
        long latest = Math.min(clock.millis(), linkedAt.plus(grace).toEpochMilli());
        var rows = cql.readPages(PAGE, LINKED, link.mailbox(), link.uidFrom()).iterator();
        while (Cql.asking(rows::hasNext)) {
            Row row = rows.next();
            MessageRow found = message(row);
            if (found.getMessageId().equals(id) && tag(row).equals(link.tag())) {
                return true;
            }
            if (found.getSavedAt() > latest) {
                return false;
            }
        }
        return false;
    }

    private static ByteString tag(Row row) {
        return row.isNull("link") ? ByteString.EMPTY : ByteString.copyFrom(row.getByteBuffer("link"));
    }

    private static MessageRow message(Row row) {
        try {
            return MessageRow.parseFrom(row.getByteBuffer("payload"));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a message row that cannot be read", e);
        }
    }
}
