package org.postel.mailbox.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.signin.WebSession;
import org.postel.mailbox.signin.WebSessionStore;
import org.postel.mailbox.storage.StoreException;

/** A database that does not answer. */
final class SilentSessions implements WebSessionStore {

    @Override
    public void add(WebSession session, Duration longest, Duration idle) {
        throw silence();
    }

    @Override
    public Optional<WebSession> find(UUID account, String id) {
        throw silence();
    }

    @Override
    public List<WebSession> all(UUID account) {
        throw silence();
    }

    @Override
    public void used(UUID account, String id, Instant at, String address, Duration idle) {
        throw silence();
    }

    @Override
    public void remove(UUID account, String id) {
        throw silence();
    }

    @Override
    public void removeAll(UUID account) {
        throw silence();
    }

    private static StoreException silence() {
        return new StoreException(StoreException.Problem.UNAVAILABLE, "silent");
    }
}
