package org.postel.mailbox.sending;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Duration;
import java.util.List;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.UnknownOutcomeException;
import org.postel.mailbox.sending.Limits.Amount;

/** In the table {@code sent}, one row for each account and domain, forgotten after two days. */
public final class CassandraSent implements SentStore {

    private static final int FORGOTTEN = (int) Duration.ofDays(2).toSeconds();
    private static final String CHANGE = """
            UPDATE sent USING TTL ? SET hour = ?, hour_messages = ?, hour_recipients = ?, day = ?, day_messages = ?, day_recipients = ?, version = ?
            WHERE scope = ? IF version =\s""";

    private final Cql cql;

    public CassandraSent(Cql cql) {
        this.cql = cql;
    }

    @Override
    public Sent read(String scope) {
        // Serial: a write whose outcome was unknown is finished or shut out first.
        return cql.serial("SELECT hour, hour_messages, hour_recipients, day, day_messages, day_recipients, version FROM sent WHERE scope = ?", scope)
                .map(CassandraSent::sent).orElse(Sent.NOTHING);
    }

    @Override
    public boolean replace(String scope, Sent before, Sent after) {
        BoundStatement change = before.version() == 0 ? cql.bind(CHANGE + "null", values(scope, after))
                : cql.bind(CHANGE + "?", values(scope, after, before.version()));
        try {
            return cql.applied(List.of(change));
        } catch (UnknownOutcomeException e) {
            // It is read again; if it was applied it counts twice, which only grants less.
            return false;
        }
    }

    private static Object[] values(String scope, Sent after, Object... more) {
        Object[] values = new Object[9 + more.length];
        System.arraycopy(new Object[] {FORGOTTEN, after.hour(), after.inHour().messages(), after.inHour().recipients(), after.day(),
            after.inDay().messages(), after.inDay().recipients(), after.version(), scope}, 0, values, 0, 9);
        System.arraycopy(more, 0, values, 9, more.length);
        return values;
    }

    private static Sent sent(Row row) {
        return new Sent(row.getLong("hour"), new Amount(row.getInt("hour_messages"), row.getInt("hour_recipients")), row.getLong("day"),
                new Amount(row.getInt("day_messages"), row.getInt("day_recipients")), row.getLong("version"));
    }
}
