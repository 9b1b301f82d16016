package org.postel.mailbox.content;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.postel.mailbox.cassandra.Cql;

/**
 * Frees content that no mailbox links to. One pass reads the first row of each message: a link that was verified is all
 * there is to know of most.
 */
public final class ContentSweeper {

    private static final byte LINK = 0;
    private static final int PAGE = 500;
    /** Longer than the delivery of a message is tried (RFC 5321 §4.5.4.1: four to five days). */
    private static final Duration TRIED = Duration.ofDays(6);
    /** A claim of mail that an operator may let go. */
    private static final Duration AWAITED = Duration.ofDays(10);
    private static final String ALL = """
            SELECT message_id, kind, name, at, WRITETIME(at) AS written, uid_from, verified, free_after, doomed FROM content PER PARTITION LIMIT 1""";
    private static final String FIRST = "SELECT message_id, kind, WRITETIME(doomed) AS doomed_at FROM content WHERE message_id = ? LIMIT 1";
    private static final String VERIFIED = "UPDATE content USING TIMESTAMP ? SET verified = true WHERE message_id = ? AND kind = 0 AND name = ? AND part = 0";
    private static final String UNLINK = "DELETE FROM content USING TIMESTAMP ? WHERE message_id = ? AND kind = 0 AND name = ? AND part = 0";
    private static final String DOOM = "INSERT INTO content (message_id, doomed) VALUES (?, true)";
    private static final String SPARE = "DELETE doomed FROM content USING TIMESTAMP ? WHERE message_id = ?";
    private static final String FREE = "DELETE FROM content USING TIMESTAMP ? WHERE message_id = ?";

    private final Contents contents;
    private final Cql cql;
    private final Clock clock;
    private final Duration grace;
    private final LinkCheck check;
    private final Predicate<UUID> awaited;
    private final PromisedLinks promises;

    /** Whether the message of a link came into its mailbox. */
    @FunctionalInterface
    public interface LinkCheck {

        /** @param linkedAt when the link was written */
        boolean holds(UUID message, Link link, Instant linkedAt);
    }

    /** @param awaited whether a message may still be delivered although its claim is over: held and dead mail */
    public ContentSweeper(Contents contents, Clock clock, Duration grace, LinkCheck check, Predicate<UUID> awaited) {
        this.contents = contents;
        this.cql = contents.cql();
        this.clock = clock;
        this.grace = grace;
        this.check = check;
        this.awaited = awaited;
        this.promises = new PromisedLinks(contents);
    }

    /**
     * One pass; returns how many messages were freed. Promised links come first: what lost its last link a grace time before
     * the pass began, and was copied until then, has one again.
     */
    public long sweep(BooleanSupplier goOn) {
        Instant begun = clock.instant();
        if (!promises.keepAll(goOn)) {
            return 0;
        }
        long freed = 0;
        var rows = cql.readPages(PAGE, ALL).iterator();
        while (Cql.asking(rows::hasNext) && goOn.getAsBoolean()) {
            if (look(rows.next(), begun)) {
                freed++;
            }
        }
        return freed;
    }

    private boolean look(Row row, Instant begun) {
        UUID message = row.getUuid("message_id");
        Instant now = clock.instant();
        if (!row.isNull("kind") && row.getByte("kind") == LINK) {
            verify(row, message, now);
            return false;
        }
        Instant claimed = row.getInstant("free_after");
        if (claimed == null || !claimed.isBefore(begun.plus(TRIED))) {
            return false;
        }
        if (awaited.test(message)) {
            // So much before it ends that what is let go at any moment is there as long as its delivery is tried.
            cql.writeTogether(List.of(contents.claimRow(message, AWAITED)));
            return false;
        }
        return claimed.isBefore(begun) && free(message, now);
    }

    /** A process that died between link and commit leaves a link without a message. */
    private void verify(Row row, UUID message, Instant now) {
        Instant linkedAt = row.getInstant("at");
        if (row.getBoolean("verified") || linkedAt == null || linkedAt.plus(grace).isAfter(now)) {
            return;
        }
        ByteBuffer name = row.getByteBuffer("name");
        Link link = Link.of(name, row.getLong("uid_from"));
        // Both are of the link's own time, so that they mean no other: meanwhile it may have gone with its message, or the delivery
        // may have been repeated, which writes the same link anew.
        long written = row.getLong("written");
        if (check.holds(message, link, linkedAt)) {
            cql.write(VERIFIED, written, message, name);
        } else {
            unlink(message, name, written);
        }
    }

    private void unlink(UUID message, ByteBuffer name, long written) {
        List<BatchableStatement<?>> rows = new ArrayList<>();
        rows.add(cql.bind(UNLINK, written, message, name));
        if (contents.claimed(List.of(message)).isEmpty()) {
            rows.add(contents.claimRow(message, grace));
        }
        cql.writeTogether(rows);
    }

    private boolean free(UUID message, Instant now) {
        cql.write(DOOM, message);
        Row first = cql.read(FIRST, message).one();
        if (first == null || first.isNull("doomed_at")) {
            // An older mark's end is newer by the clock of the node that dated it: who links could not see this mark.
            return false;
        }
        boolean wanted = !first.isNull("kind") && first.getByte("kind") == LINK;
        if (!wanted) {
            // Timed back, so that the same message put again at this moment is not hit.
            cql.write(FREE, ChronoUnit.MICROS.between(Instant.EPOCH, now.minus(grace.dividedBy(2))), message);
        }
        // Of the very time of the mark, whatever node dated that: of the two the end stays.
        cql.write(SPARE, first.getLong("doomed_at"), message);
        return !wanted;
    }
}
