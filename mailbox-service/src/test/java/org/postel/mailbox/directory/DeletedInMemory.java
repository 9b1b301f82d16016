package org.postel.mailbox.directory;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Deleted accounts that are known as long as the test; passes the same contract as the one in Cassandra. */
public final class DeletedInMemory implements DeletedStore {

    private final Map<UUID, Deleted> deleted = new ConcurrentHashMap<>();

    @Override
    public void add(Deleted one) {
        deleted.put(one.account(), one);
    }

    @Override
    public void remove(UUID account) {
        deleted.remove(account);
    }

    @Override
    public List<Deleted> all() {
        return deleted.values().stream().sorted(Comparator.comparing(Deleted::since)).toList();
    }
}
