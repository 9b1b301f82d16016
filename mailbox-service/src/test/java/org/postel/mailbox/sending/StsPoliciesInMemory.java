package org.postel.mailbox.sending;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps them for ever, and has room for two. */
public final class StsPoliciesInMemory implements StsPolicies {

    private final Map<String, StsPolicy> rows = new ConcurrentHashMap<>();

    @Override
    public Optional<StsPolicy> of(String domain) {
        return Optional.ofNullable(rows.get(domain));
    }

    @Override
    public boolean keep(StsPolicy policy) {
        boolean room = rows.containsKey(policy.domain()) || rows.size() < 2;
        if (room) {
            rows.put(policy.domain(), policy);
        }
        return room;
    }
}
