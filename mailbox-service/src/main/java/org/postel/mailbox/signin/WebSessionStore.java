package org.postel.mailbox.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where sessions of the pages are kept, until they are over. Each call throws {@link org.postel.mailbox.storage.StoreException}. */
public interface WebSessionStore {

    /**
     * Adds one.
     *
     * @param longest how long it lives
     * @param idle    how long it lives without a use
     */
    void add(WebSession session, Duration longest, Duration idle);

    /** One that stands. */
    Optional<WebSession> find(UUID account, String id);

    /** Those of an account that stand. */
    List<WebSession> all(UUID account);

    /** One was used; nothing happens where it is over. */
    void used(UUID account, String id, Instant at, String address, Duration idle);

    /** Ends one. */
    void remove(UUID account, String id);

    /** Ends all of an account. */
    void removeAll(UUID account);
}
