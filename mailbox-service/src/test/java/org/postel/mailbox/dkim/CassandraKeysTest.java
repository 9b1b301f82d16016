package org.postel.mailbox.dkim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.trust.dkim.Algorithm;
import org.postel.trust.dkim.DkimKeyPair;

@ExtendWith(SharedCassandra.class)
@Timeout(120)
class CassandraKeysTest {

    private static final Instant MADE = Instant.parse("2026-03-01T12:00:00Z");
    private static final byte[] HASH = new byte[32];

    private KeyStore store;

    @BeforeEach
    void open(CassandraSession session) {
        store = new CassandraKeys(new Cql(session));
    }

    @Test
    void aKeyIsKeptBeginsOnceAndGoes() {
        DomainKey made = new DomainKey("one.test", "s1", DkimKeyPair.generate(Algorithm.RSA_SHA256), MADE, Optional.empty());
        assertTrue(store.add(made));
        assertFalse(store.add(made), "the selector is taken");
        DomainKey kept = store.of("one.test").getFirst();
        assertArrayEquals(made.pair().sign(HASH), kept.pair().sign(HASH));
        assertEquals(made.record(), kept.record());
        assertEquals(MADE, kept.createdAt());
        assertTrue(store.begin(kept, MADE.plusSeconds(1)));
        assertFalse(store.begin(kept, MADE.plusSeconds(2)), "it signs already");
        assertEquals(Optional.of(MADE.plusSeconds(1)), store.of("one.test").getFirst().signsFrom());
        store.remove(kept);
        assertFalse(store.begin(kept, MADE), "it is gone");
        assertEquals(List.of(), store.of("one.test"));
    }

    @Test
    void instancesThatAskAtOnceGetTheSameFirstKeys() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<List<String>> ask = () -> new DkimKeys(store, name -> true, Clock.systemUTC()).signers("two.test").get().keys().stream()
                    .map(DomainKey::record).toList();
            List<Future<List<String>>> instances = List.of(threads.submit(ask), threads.submit(ask), threads.submit(ask));
            List<String> first = instances.getFirst().get();
            assertEquals(2, first.size());
            for (Future<List<String>> instance : instances) {
                assertEquals(first, instance.get());
            }
        }
    }
}
