package org.postel.mailbox.identity;

import io.smallrye.jwt.auth.principal.ParseException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/** The keys of one issuer: read again when they grew old, or when a token may be signed by a newer one. */
final class CachedKeys {

    private static final Logger LOG = Logger.getLogger(CachedKeys.class);

    private final KeySource source;
    private final KeySet keySet;
    private final Clock clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Keys keys = new Keys("", Instant.MIN);

    private record Keys(String document, Instant readAt) {}

    /** Reads a token with the keys of a document. */
    @FunctionalInterface
    interface Reading<T> {
        T with(String document) throws ParseException;
    }

    CachedKeys(KeySource source, Clock clock) {
        this.source = source;
        this.keySet = new KeySet(source);
        this.clock = clock;
    }

    /**
     * What the token says.
     *
     * @throws InvalidTokenException    when it is not good, with the newest keys either
     * @throws KeysUnavailableException when there are no keys to check it with
     */
    <T> T read(Reading<T> token) throws InvalidTokenException {
        String document = document(source.refresh());
        try {
            return token.with(document);
        } catch (ParseException e) {
            // Perhaps signed by a key that is newer than what we have.
            String fresh = document(source.retry());
            if (fresh.equals(document)) {
                throw new InvalidTokenException("the token is not good", e);
            }
            return again(token, fresh);
        }
    }

    private static <T> T again(Reading<T> token, String document) throws InvalidTokenException {
        try {
            return token.with(document);
        } catch (ParseException e) {
            throw new InvalidTokenException("the token is not good", e);
        }
    }

    private String document(Duration age) {
        if (old(age)) {
            // An issuer that does not answer holds up those only who have no keys at all.
            if (keys.document.isEmpty()) {
                reading.lock();
                refresh(age);
            } else if (reading.tryLock()) {
                refresh(age);
            }
        }
        if (keys.document.isEmpty()) {
            throw new KeysUnavailableException("no keys yet: " + source.jwks(), null);
        }
        return keys.document;
    }

    private boolean old(Duration age) {
        Keys known = keys;
        Duration allowed = known.document.isEmpty() ? source.retry() : age;
        return known.readAt.plus(allowed).isBefore(clock.instant());
    }

    private void refresh(Duration age) {
        try {
            if (old(age)) {
                keys = new Keys(keySet.read(), clock.instant());
            }
        } catch (IOException e) {
            LOG.warnf("keys not read: %s", e.getMessage());
            keys = new Keys(keys.document, clock.instant());
        } finally {
            reading.unlock();
        }
    }
}
