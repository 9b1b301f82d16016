package org.postel.delivery.relay;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postel.delivery.smtp.SmtpSession;
import org.postel.delivery.smtp.TlsPolicy;

/**
 * Connections that wait for another message to their server. As a message takes one of them before it opens its own, a
 * destination never has more than its share of connections. One that was made under another TLS policy is another one: SAFETY
 * row 6. Nothing is said to a server while the lock is held.
 */
final class IdleSessions implements AutoCloseable {

    /** Of all servers together; more are closed at once. */
    private static final int MOST = 200;

    private final Reuse reuse;
    private final Map<Line, Deque<Idle>> waiting = new HashMap<>();
    private int count;
    private boolean closed;

    /** What makes connections as good as each other; the name is what TLS was told. */
    private record Line(String name, InetSocketAddress address, TlsPolicy tls) {
        private static Line to(Hop hop) {
            return new Line(hop.name(), hop.address(), hop.tls());
        }
    }

    /** A wait of a session: the end of an earlier wait does not end a later one. */
    private static final class Idle {
        private final SmtpSession session;

        private Idle(SmtpSession session) {
            this.session = session;
        }
    }

    IdleSessions(Reuse reuse) {
        this.reuse = reuse;
    }

    /** The one that waits for the shortest time. */
    Optional<SmtpSession> take(Hop hop) {
        Optional<SmtpSession> session = next(hop).map(idle -> idle.session);
        if (session.isPresent() && !session.get().reusable()) {
            session.get().close();
            return Optional.empty();
        }
        return session;
    }

    /** Keeps a session that can take another message, and closes any other. */
    void giveBack(Hop hop, SmtpSession session) {
        Idle idle = new Idle(session);
        if (session.reusable() && session.messages() < reuse.messages() && add(hop, idle)) {
            Thread.ofVirtual().name("smtp-idle").start(() -> end(hop, idle));
        } else {
            session.close();
        }
    }

    @Override
    public void close() {
        List<Idle> all;
        synchronized (this) {
            closed = true;
            all = waiting.values().stream().flatMap(Deque::stream).toList();
            waiting.clear();
            count = 0;
        }
        all.forEach(idle -> idle.session.close());
    }

    private void end(Hop hop, Idle idle) {
        try {
            Thread.sleep(reuse.idle());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (remove(hop, idle)) {
            idle.session.close();
        }
    }

    private synchronized Optional<Idle> next(Hop hop) {
        Optional<Idle> idle = Optional.ofNullable(waiting.get(Line.to(hop))).map(Deque::peekLast);
        idle.ifPresent(some -> remove(hop, some));
        return idle;
    }

    private synchronized boolean add(Hop hop, Idle idle) {
        if (closed || count == MOST) {
            return false;
        }
        count++;
        return waiting.computeIfAbsent(Line.to(hop), absent -> new ArrayDeque<>()).add(idle);
    }

    private synchronized boolean remove(Hop hop, Idle idle) {
        Deque<Idle> ofHop = waiting.get(Line.to(hop));
        if (ofHop == null || !ofHop.remove(idle)) {
            return false;
        }
        count--;
        if (ofHop.isEmpty()) {
            waiting.remove(Line.to(hop));
        }
        return true;
    }
}
