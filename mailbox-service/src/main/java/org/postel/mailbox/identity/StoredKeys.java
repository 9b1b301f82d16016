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

/** A secret that all pods share: whoever comes first makes it, by a conditional write. */
public final class StoredKeys implements Supplier<SecretKey> {

    /** Signs session tokens. */
    public static final String SESSION = "session";
    /** Seals what a client of SCRAM is asked, and makes up what an unknown one is asked. */
    public static final String SCRAM = "scram";
    /** Signs tokens of the admin API. */
    public static final String ADMIN_API = "admin-api";

    private static final int BYTES = 32;

    private final Cql cql;
    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<SecretKey> known = Optional.empty();

    /** @param name what it is for; another name is another secret */
    public StoredKeys(Cql cql, String name) {
        this.cql = cql;
        this.name = name;
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
                    name, ByteBuffer.wrap(secret), Instant.now())));
        } catch (UnknownOutcomeException e) {
            throw new StoreException(StoreException.Problem.UNAVAILABLE, "a key may or may not be written", e);
        }
        return read().orElseThrow(() -> new IllegalStateException("a key was written and is not there"));
    }

    private Optional<SecretKey> read() {
        return cql.serial("SELECT secret FROM identity_key WHERE name = ?", name).map(row -> {
            ByteBuffer secret = row.getByteBuffer("secret");
            byte[] octets = new byte[secret.remaining()];
            secret.get(octets);
            return new SecretKeySpec(octets, "HmacSHA256");
        });
    }
}
