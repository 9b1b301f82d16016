package org.postel.delivery.sts;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps them for ever, unless it is down. */
public final class PoliciesInMemory implements KeptPolicies {

    final Map<String, KeptPolicy> kept = new ConcurrentHashMap<>();
    volatile boolean down;
    final AtomicInteger asked = new AtomicInteger();

    @Override
    public Optional<KeptPolicy> of(String domain) throws IOException {
        asked.incrementAndGet();
        fail();
        return Optional.ofNullable(kept.get(domain));
    }

    @Override
    public void keep(String domain, KeptPolicy policy) throws IOException {
        fail();
        kept.put(domain, policy);
    }

    private void fail() throws IOException {
        if (down) {
            throw new IOException("down");
        }
    }
}
