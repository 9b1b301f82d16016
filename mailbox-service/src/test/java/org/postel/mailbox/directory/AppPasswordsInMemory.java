package org.postel.mailbox.directory;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** App passwords that live as long as the test; pass the same contract as those in Cassandra. */
public final class AppPasswordsInMemory implements AppPasswordStore {

    public int reads;
    public int notes;
    private final Map<UUID, Integer> revisions = new HashMap<>();
    private final Map<UUID, Map<String, AppPassword>> passwords = new HashMap<>();
    private final Map<String, AppPassword.Use> uses = new HashMap<>();

    @Override
    public Optional<AppPassword> find(UUID account, String id) {
        reads++;
        return Optional.ofNullable(passwords.getOrDefault(account, Map.of()).get(id));
    }

    @Override
    public All all(UUID account) {
        return new All(revisions.getOrDefault(account, 0), passwords.getOrDefault(account, Map.of()).values().stream()
                .sorted(Comparator.comparing(AppPassword::id)).toList());
    }

    @Override
    public boolean add(UUID account, All before, AppPassword added) {
        if (revisions.getOrDefault(account, 0) != before.revision()) {
            return false;
        }
        revisions.put(account, before.revision() + 1);
        passwords.computeIfAbsent(account, absent -> new HashMap<>()).put(added.id(), added);
        return true;
    }

    @Override
    public boolean remove(UUID account, String id) {
        uses.remove(account + id);
        return passwords.getOrDefault(account, new HashMap<>()).remove(id) != null;
    }

    @Override
    public void removeAll(UUID account) {
        passwords.remove(account);
    }

    @Override
    public Optional<AppPassword.Use> lastUse(UUID account, String id) {
        return Optional.ofNullable(uses.get(account + id));
    }

    @Override
    public void used(UUID account, String id, AppPassword.Use use) {
        notes++;
        uses.put(account + id, use);
    }
}
