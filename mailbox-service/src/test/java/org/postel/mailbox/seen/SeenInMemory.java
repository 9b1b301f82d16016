package org.postel.mailbox.seen;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.postel.mailbox.storage.StoreException;

/** Notes that live as long as the test; pass the same contract as those in Cassandra. */
public final class SeenInMemory implements SeenStore {

    public final AtomicInteger writes = new AtomicInteger();
    private final Map<Row, SeenLogin> logins = new ConcurrentHashMap<>();
    private final Map<List<Object>, SeenSession> sessions = new ConcurrentHashMap<>();
    private volatile boolean away;

    private record Row(UUID account, long part, SeenLogin.Alike how) {}

    /** From now on nothing is kept, or again. */
    void setAway(boolean away) {
        this.away = away;
    }

    @Override
    public void write(UUID account, long part, SeenLogin login) {
        written();
        logins.put(new Row(account, part, login.how()), login);
    }

    @Override
    public List<SeenLogin> logins(UUID account, int most) {
        return logins.entrySet().stream().filter(entry -> entry.getKey().account.equals(account)).map(Map.Entry::getValue).limit(most).toList();
    }

    @Override
    public void write(UUID account, SeenSession session) {
        written();
        sessions.put(List.of(account, session.id()), session);
    }

    @Override
    public List<SeenSession> sessions(UUID account, int most) {
        return sessions.entrySet().stream().filter(entry -> entry.getKey().getFirst().equals(account)).map(Map.Entry::getValue).limit(most).toList();
    }

    private void written() {
        if (away) {
            throw new StoreException(StoreException.Problem.UNAVAILABLE, "the database does not answer");
        }
        writes.incrementAndGet();
    }
}
