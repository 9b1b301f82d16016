package org.postel.mailbox.tree;

import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.postel.mailbox.cassandra.Cql;

/** The table {@code doomed_mailbox}: written before a name goes, so it may hold a mailbox that is still named. */
public final class DoomedMailboxes {

    // Part of the primary key of stored rows: changing it needs a migration.
    private static final int BUCKETS = 16;

    private static final String ADD = "INSERT INTO doomed_mailbox (bucket, mailbox_id, account_id, at) VALUES (?, ?, ?, ?)";
    private static final String ALL = "SELECT mailbox_id, account_id, at FROM doomed_mailbox WHERE bucket = ?";
    private static final String DONE = "DELETE FROM doomed_mailbox WHERE bucket = ? AND mailbox_id = ?";

    private final Cql cql;
    private final Clock clock;

    DoomedMailboxes(Cql cql, Clock clock) {
        this.cql = cql;
        this.clock = clock;
    }

    /** @param since when it was about to be deleted */
    public record Doomed(UUID account, UUID mailbox, Instant since) {}

    void add(UUID account, List<UUID> mailboxes) {
        mailboxes.forEach(mailbox -> cql.write(ADD, bucket(mailbox), mailbox, account, clock.instant()));
    }

    /** All that wait. */
    public List<Doomed> all() {
        List<Doomed> found = new ArrayList<>();
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            int of = bucket;
            for (Row row : Cql.asking(() -> cql.read(ALL, of).all())) {
                found.add(new Doomed(row.getUuid("account_id"), row.getUuid("mailbox_id"), row.getInstant("at")));
            }
        }
        return found;
    }

    /** Its mail is removed, or it lives on. */
    public void done(UUID mailbox) {
        cql.write(DONE, bucket(mailbox), mailbox);
    }

    private static int bucket(UUID mailbox) {
        return Math.floorMod(mailbox.hashCode(), BUCKETS);
    }
}
