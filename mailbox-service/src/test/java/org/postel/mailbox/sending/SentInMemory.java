package org.postel.mailbox.sending;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps it in memory, conditionally as Cassandra does. */
public final class SentInMemory implements SentStore {

    final Map<String, Sent> rows = new ConcurrentHashMap<>();
    final AtomicInteger changes = new AtomicInteger();

    @Override
    public Sent read(String scope) {
        return rows.getOrDefault(scope, Sent.NOTHING);
    }

    @Override
    public boolean replace(String scope, Sent before, Sent after) {
        changes.incrementAndGet();
        return before.version() == 0 ? rows.putIfAbsent(scope, after) == null : rows.replace(scope, before, after);
    }
}
