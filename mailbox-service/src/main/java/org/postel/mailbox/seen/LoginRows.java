package org.postel.mailbox.seen;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.postel.mailbox.storage.StoreException;

/**
 * The rows that this instance counts in, each written once in a minute at most. A row that was left is never gone on with: whoever counts
 * anew has another part. One thread.
 */
final class LoginRows {

    private static final Logger LOG = Logger.getLogger(LoginRows.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    static final int MOST = 50_000;
    /** Of an account, in a day, that succeeded, and as many that did not; the others count in one row of no address. */
    private static final int MOST_OF_ACCOUNT = 100;

    private final SeenStore store;
    private final Clock clock;
    private final Map<Key, Row> rows = new LinkedHashMap<>();
    private final Map<Share, Integer> shares = new HashMap<>();

    private record Key(UUID account, SeenLogin.Alike how) {}

    private record Share(UUID account, LocalDate day, boolean granted) {}

    private static final class Row {
        private final long part = ThreadLocalRandom.current().nextLong();
        private SeenLogin login;
        private boolean changed;
        private Instant written = Instant.MIN;
    }

    LoginRows(SeenStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    void add(UUID account, SeenLogin login) {
        Key key = new Key(account, login.how());
        if (!rows.containsKey(key)) {
            Share share = new Share(account, login.how().day(), login.how().result() == SeenLogin.Result.GRANTED);
            if (shares.merge(share, 1, Integer::sum) > MOST_OF_ACCOUNT) {
                SeenLogin.Alike how = login.how();
                key = new Key(account, new SeenLogin.Alike(how.day(), how.service(), "", how.appPassword(), how.result()));
            }
        }
        if (!rows.containsKey(key) && rows.size() >= MOST) {
            return;
        }
        Row row = rows.computeIfAbsent(key, absent -> new Row());
        SeenLogin counted = new SeenLogin(key.how, login.mechanism(), login.agent(), login.first(), login.last(), login.count());
        row.login = row.login == null ? counted : row.login.and(counted);
        row.changed = true;
    }

    /**
     * Writes what changed, and leaves the rows of other days; where there is no room for more, all that are written.
     *
     * @param all also what was written within the minute
     */
    void write(boolean all) {
        Instant now = clock.instant();
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        boolean full = rows.size() >= MOST;
        rows.entrySet().removeIf(entry -> {
            Row row = entry.getValue();
            if (row.changed && (all || !row.written.isAfter(now.minus(INTERVAL)))) {
                written(entry.getKey(), row, now);
            }
            return !row.changed && (full || entry.getKey().how.day().isBefore(today));
        });
        shares.keySet().removeIf(share -> share.day.isBefore(today));
    }

    private void written(Key key, Row row, Instant now) {
        try {
            store.write(key.account, row.part, row.login);
            row.changed = false;
            row.written = now;
        } catch (StoreException e) {
            LOG.debugf("a log-in is not noted now: %s", e.getMessage());
        }
    }
}
