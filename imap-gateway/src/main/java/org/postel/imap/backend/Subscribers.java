package org.postel.imap.backend;

import com.google.protobuf.ByteString;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.postel.imap.command.News;

/** The sessions of this process, by account. */
public final class Subscribers implements News {

    private final Map<ByteString, Set<Runnable>> byAccount = new ConcurrentHashMap<>();

    @Override
    public Subscription subscribe(ByteString accountId, Runnable wake) {
        byAccount.compute(accountId, (id, sessions) -> {
            Set<Runnable> all = sessions == null ? ConcurrentHashMap.newKeySet() : sessions;
            all.add(wake);
            return all;
        });
        return () -> byAccount.computeIfPresent(accountId, (id, sessions) -> {
            sessions.remove(wake);
            return sessions.isEmpty() ? null : sessions;
        });
    }

    /** Wakes the sessions of an account. */
    public void tell(ByteString accountId) {
        byAccount.getOrDefault(accountId, Set.of()).forEach(Runnable::run);
    }

    /** Wakes every session: some news may have been missed. */
    void tellAll() {
        byAccount.values().forEach(sessions -> sessions.forEach(Runnable::run));
    }
}
