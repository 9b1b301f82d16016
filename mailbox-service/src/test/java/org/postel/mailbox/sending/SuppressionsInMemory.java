package org.postel.mailbox.sending;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Keeps them in memory, for ever. */
public final class SuppressionsInMemory implements Suppressions {

    private final Map<String, Suppressed> rows = new ConcurrentSkipListMap<>();

    @Override
    public Optional<Suppressed> of(String address) {
        return Optional.ofNullable(rows.get(address));
    }

    @Override
    public void add(String address, String reply) {
        rows.put(address, new Suppressed(address, reply, Instant.EPOCH));
    }

    @Override
    public boolean remove(String address) {
        return rows.remove(address) != null;
    }

    @Override
    public List<Suppressed> list(Optional<String> after, int limit) {
        return rows.values().stream().filter(row -> row.address().compareTo(after.orElse("")) > 0).limit(limit).toList();
    }
}
