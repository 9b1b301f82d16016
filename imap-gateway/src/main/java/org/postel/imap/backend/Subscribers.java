package org.postel.imap.backend;

import com.google.protobuf.ByteString;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.postel.imap.command.News;
import org.postel.mailbox.api.v1.MailboxEvent;

/** The sessions of this process, by account. */
public final class Subscribers implements News {

    private final Map<ByteString, Set<Listener>> byAccount = new ConcurrentHashMap<>();

    @Override
    public Subscription subscribe(ByteString accountId, Listener listener) {
        byAccount.compute(accountId, (id, sessions) -> {
            Set<Listener> all = sessions == null ? ConcurrentHashMap.newKeySet() : sessions;
            all.add(listener);
            return all;
        });
        return () -> byAccount.computeIfPresent(accountId, (id, sessions) -> {
            sessions.remove(listener);
            return sessions.isEmpty() ? null : sessions;
        });
    }

    /** Tells the sessions of an account. */
    public void tell(MailboxEvent event) {
        byAccount.getOrDefault(event.getAccountId(), Set.of()).forEach(session -> {
            if (event.getMetadataEntryCount() > 0) {
                session.annotated(event.getMailboxId(), event.getMetadataEntryList());
            } else if (event.hasMailboxId()) {
                session.committed(event.getMailboxId(), event.getModseq());
            } else {
                session.anything();
            }
        });
    }

    /** Tells every session: some news may have been missed. */
    void tellAll() {
        byAccount.values().forEach(sessions -> sessions.forEach(Listener::anything));
    }
}
