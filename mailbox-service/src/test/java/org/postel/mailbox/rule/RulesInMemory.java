package org.postel.mailbox.rule;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.postel.mailbox.api.v1.StoredRules;

/** Rules that live as long as the test; passes the same contract as those in Cassandra. */
public final class RulesInMemory implements RuleStore {

    private record All(int revision, NavigableMap<Instant, StoredRules> versions) {}

    private final Map<UUID, All> accounts = new ConcurrentHashMap<>();

    @Override
    public boolean any(UUID account) {
        return accounts.containsKey(account);
    }

    @Override
    public History history(UUID account) {
        All all = accounts.getOrDefault(account, new All(0, new TreeMap<>()));
        return new History(all.revision, Optional.ofNullable(all.versions.lastEntry()).map(entry -> new Version(entry.getKey(), entry.getValue())),
                all.versions.descendingKeySet().stream().toList());
    }

    @Override
    public Optional<StoredRules> at(UUID account, Instant accepted) {
        return Optional.ofNullable(accounts.get(account)).map(all -> all.versions.floorEntry(accepted)).map(Map.Entry::getValue);
    }

    @Override
    public synchronized boolean save(UUID account, History before, Version next, Optional<Instant> forget) {
        All now = accounts.getOrDefault(account, new All(0, new TreeMap<>()));
        if (now.revision != before.revision()) {
            return false;
        }
        NavigableMap<Instant, StoredRules> versions = new TreeMap<>(forget.map(time -> now.versions.tailMap(time, true)).orElse(now.versions));
        versions.put(next.since(), next.rules());
        accounts.put(account, new All(now.revision + 1, versions));
        return true;
    }

    @Override
    public void removeAll(UUID account) {
        accounts.remove(account);
    }
}
