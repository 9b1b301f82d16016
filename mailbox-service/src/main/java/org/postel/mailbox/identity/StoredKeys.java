package org.postel.mailbox.identity;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The secret that signs session tokens, one for all pods: whoever comes first makes it, by a conditional write. */
public final class StoredKeys implements Supplier<SecretKey> {

    private static final String NAME = "session";
    private static final int BYTES = 32;

    private final Supplier<CqlSession> cassandra;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<SecretKey> known = Optional.empty();

    public StoredKeys(Supplier<CqlSession> cassandra) {
        this.cassandra = cassandra;
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
        cassandra.get().execute(SimpleStatement.newInstance("INSERT INTO identity_key (name, secret, created_at) VALUES (?, ?, ?) IF NOT EXISTS",
                        NAME, ByteBuffer.wrap(secret), Instant.now())
                .setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM)
                .setSerialConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL)
                .setIdempotent(false));
        return read().orElseThrow(() -> new IllegalStateException("the session key was written and is not there"));
    }

    private Optional<SecretKey> read() {
        Row row = cassandra.get().execute(SimpleStatement.newInstance("SELECT secret FROM identity_key WHERE name = ?", NAME)
                .setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL)).one();
        return Optional.ofNullable(row).map(found -> {
            ByteBuffer secret = found.getByteBuffer("secret");
            byte[] octets = new byte[secret.remaining()];
            secret.get(octets);
            return new SecretKeySpec(octets, "HmacSHA256");
        });
    }
}
