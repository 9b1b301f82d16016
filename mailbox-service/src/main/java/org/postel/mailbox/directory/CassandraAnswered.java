package org.postel.mailbox.directory;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.UnknownOutcomeException;

/** In the table {@code vacation_answered}, whose rows live for the period. */
public final class CassandraAnswered implements Answered {

    private final Cql cql;

    public CassandraAnswered(Cql cql) {
        this.cql = cql;
    }

    @Override
    public boolean first(UUID account, String vacation, String sender, UUID queueId, Duration period) {
        String key = sender.toLowerCase(Locale.ROOT);
        return inserted(account, vacation, key, queueId, period)
                || cql.serial("SELECT queue_id FROM vacation_answered WHERE account_id = ? AND vacation = ? AND sender = ?", account, vacation, key)
                        .filter(row -> queueId.equals(row.getUuid("queue_id"))).isPresent();
    }

    /** Where nobody can say, the serial read that follows can. */
    private boolean inserted(UUID account, String vacation, String sender, UUID queueId, Duration period) {
        try {
            return cql.applied(List.of(cql.bind(
                    "INSERT INTO vacation_answered (account_id, vacation, sender, queue_id) VALUES (?, ?, ?, ?) IF NOT EXISTS USING TTL ?",
                    account, vacation, sender, queueId, (int) period.toSeconds())));
        } catch (UnknownOutcomeException e) {
            return false;
        }
    }
}
