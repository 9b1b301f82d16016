package org.postel.mailbox.dkim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keys that are kept as long as the test. */
public final class KeysInMemory implements KeyStore {

    private final List<DomainKey> keys = new ArrayList<>();

    @Override
    public synchronized List<DomainKey> of(String domain) {
        return keys.stream().filter(key -> key.domain().equals(domain)).toList();
    }

    @Override
    public synchronized boolean add(DomainKey key) {
        boolean free = of(key.domain()).stream().noneMatch(other -> other.selector().equals(key.selector()));
        return free && keys.add(key);
    }

    @Override
    public synchronized boolean begin(DomainKey key, Instant signsFrom) {
        return key.signsFrom().isEmpty() && keys.remove(key) && keys.add(key.signingFrom(signsFrom));
    }

    @Override
    public synchronized void remove(DomainKey key) {
        keys.remove(key);
    }
}
