package org.postel.imap.backend;

import com.google.protobuf.ByteString;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.postel.imap.command.News;
import org.postel.mailbox.api.v1.MailboxEvent;
import org.postel.queue.Topics;
import org.postel.tracing.Kind;
import org.postel.tracing.Span;
import org.postel.tracing.Tracing;

/** The sessions of this process, by account. */
public final class Subscribers implements News {

    private final Map<ByteString, Set<Listener>> byAccount = new ConcurrentHashMap<>();
    private final Tracing tracing;

    public Subscribers(Tracing tracing) {
        this.tracing = tracing;
    }

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

    /** Tells the sessions of an account, within the trace of what happened. */
    public void tell(MailboxEvent event) {
        Set<Listener> sessions = byAccount.getOrDefault(event.getAccountId(), Set.of());
        if (sessions.isEmpty()) {
            return;
        }
        try (Span span = tracing.follow(event.getTraceParent(), Kind.CONSUMER, "process", Topics.MAILBOX_EVENTS); Span.Scope _ = span.enter()) {
            tell(sessions, event);
        }
    }

    private static void tell(Set<Listener> sessions, MailboxEvent event) {
        sessions.forEach(session -> {
            if (event.getAccessChanged()) {
                session.accessChanged();
            } else if (event.getMetadataEntryCount() > 0) {
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
