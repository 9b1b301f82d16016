package org.postel.mailbox.identity;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.UnknownOutcomeException;
import org.postel.mailbox.storage.StoreException;

/** The secret that signs session tokens, one for all pods: whoever comes first makes it, by a conditional write. */
public final class StoredKeys implements Supplier<SecretKey> {

    private static final String NAME = "session";
    private static final int BYTES = 32;

    private final Cql cql;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<SecretKey> known = Optional.empty();

    public StoredKeys(Cql cql) {
        this.cql = cql;
    }

    @Override
    public SecretKey get() {
        lock.lock();
        try {
            if (known.isEmpty()) {
                known = Optional.of(read().orElseGet(this::create));
            }
            return known.get();
        } finally {
            lock.unlock();
        }
    }

    private SecretKey create() {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        try {
            cql.applied(List.of(cql.bind("INSERT INTO identity_key (name, secret, created_at) VALUES (?, ?, ?) IF NOT EXISTS",
                    NAME, ByteBuffer.wrap(secret), Instant.now())));
        } catch (UnknownOutcomeException e) {
            throw new StoreException(StoreException.Problem.UNAVAILABLE, "the session key may or may not be written", e);
        }
        return read().orElseThrow(() -> new IllegalStateException("the session key was written and is not there"));
    }

    private Optional<SecretKey> read() {
        return cql.serial("SELECT secret FROM identity_key WHERE name = ?", NAME).map(row -> {
            ByteBuffer secret = row.getByteBuffer("secret");
            byte[] octets = new byte[secret.remaining()];
            secret.get(octets);
            return new SecretKeySpec(octets, "HmacSHA256");
        });
    }
}
