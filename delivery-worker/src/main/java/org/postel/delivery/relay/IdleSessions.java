package org.postel.delivery.relay;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.postel.delivery.smtp.ClientIdentity;
import org.postel.delivery.smtp.SmtpSession;
import org.postel.delivery.smtp.TlsPolicy;

/**
 * Connections that wait for another message to their server. A message takes one of them before it opens its own, and where it
 * cannot, for it needs another kind, {@link Servers#makeRoom} has one closed that would be too many. One that was made under another TLS policy is another one: SAFETY
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
    private record Line(String server, String name, InetSocketAddress address, TlsPolicy tls, ClientIdentity us) {
        private static Line to(Hop hop, ClientIdentity us) {
            return new Line(hop.server(), hop.name(), hop.address(), hop.tls(), us);
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

    /** Whether one waits that was good for a message when it was last looked at. */
    synchronized boolean waits(Hop hop, ClientIdentity us) {
        return waiting.containsKey(Line.to(hop, us));
    }

    /** The one that waits for the shortest time. */
    Optional<SmtpSession> take(Hop hop, ClientIdentity us) {
        Optional<SmtpSession> session = next(Line.to(hop, us)).map(idle -> idle.session);
        if (session.isPresent() && !session.get().reusable()) {
            session.get().close();
            return Optional.empty();
        }
        return session;
    }

    /** Keeps a session that can take another message, and closes any other. */
    void giveBack(Hop hop, ClientIdentity us, SmtpSession session) {
        Line line = Line.to(hop, us);
        Idle idle = new Idle(session);
        if (session.reusable() && session.messages() < reuse.messages() && add(line, idle)) {
            Thread.ofVirtual().name("smtp-idle").start(() -> end(line, idle));
        } else {
            session.close();
        }
    }

    /** How many wait for that server, of whatever kind. */
    synchronized int count(String server) {
        return waiting.entrySet().stream().filter(entry -> entry.getKey().server().equals(server)).mapToInt(entry -> entry.getValue().size()).sum();
    }

    /** Closes one to that server, of its kind the one that waits for the longest time; whether there was one. Returns when the server said goodbye, or did not in time. */
    boolean closeOne(String server) {
        Optional<Idle> idle = oldest(server);
        idle.ifPresent(one -> one.session.close());
        return idle.isPresent();
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
        // Together: one that does not answer QUIT must not keep the others from hearing it.
        try (ExecutorService goodbyes = Executors.newVirtualThreadPerTaskExecutor()) {
            all.forEach(idle -> goodbyes.submit(idle.session::close));
        }
    }

    private void end(Line line, Idle idle) {
        try {
            Thread.sleep(reuse.idle());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (remove(line, idle)) {
            idle.session.close();
        }
    }

    private synchronized Optional<Idle> next(Line line) {
        Optional<Idle> idle = Optional.ofNullable(waiting.get(line)).map(Deque::peekLast);
        idle.ifPresent(some -> remove(line, some));
        return idle;
    }

    private synchronized Optional<Idle> oldest(String server) {
        Optional<Line> line = waiting.keySet().stream().filter(some -> some.server().equals(server)).findFirst();
        Optional<Idle> idle = line.map(some -> waiting.get(some).peekFirst());
        idle.ifPresent(one -> remove(line.get(), one));
        return idle;
    }

    private synchronized boolean add(Line line, Idle idle) {
        if (closed || count == MOST) {
            return false;
        }
        count++;
        return waiting.computeIfAbsent(line, absent -> new ArrayDeque<>()).add(idle);
    }

    private synchronized boolean remove(Line line, Idle idle) {
        Deque<Idle> ofLine = waiting.get(line);
        if (ofLine == null || !ofLine.remove(idle)) {
            return false;
        }
        count--;
        if (ofLine.isEmpty()) {
            waiting.remove(line);
        }
        return true;
    }
}
