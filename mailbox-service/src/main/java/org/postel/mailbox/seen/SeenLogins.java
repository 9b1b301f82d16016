package org.postel.mailbox.seen;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.postel.mailbox.identity.AccountSession;
import org.postel.mailbox.storage.StoreException;

/** Notes log-ins and used sessions, later and as far as there is time; and tells of them. */
public final class SeenLogins implements AutoCloseable {

    /** A session is noted once in this time, and at first when it is a moment old: those that end before are log-ins and no more. */
    static final Duration SESSION_INTERVAL = Duration.ofMinutes(5);
    private static final Duration SESSION_MOMENT = Duration.ofSeconds(30);

    private static final Logger LOG = Logger.getLogger(SeenLogins.class);
    private static final int MOST_WAITING = 10_000;
    private static final int MOST_SESSIONS = 100_000;
    private static final int MOST_TOLD = 1_000;
    private static final int MOST_READ = 5_000;
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final SeenStore store;
    private final Function<String, Optional<UUID>> accounts;
    private final Clock clock;
    private final BlockingQueue<Note> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Cache<String, Boolean> noted = Caffeine.newBuilder().maximumSize(MOST_SESSIONS).expireAfterWrite(SESSION_INTERVAL).build();
    private final LoginRows rows;
    private volatile Optional<Thread> writer = Optional.empty();
    private volatile boolean closing;

    private sealed interface Note {}

    private record Login(Optional<UUID> account, String name, SeenLogin login) implements Note {}

    private record Used(UUID account, SeenSession session) implements Note {}

    /** Wakes who waits for notes. */
    private record Over() implements Note {}

    /** @param accounts finds the account that a name logs in to */
    public SeenLogins(SeenStore store, Function<String, Optional<UUID>> accounts, Clock clock) {
        this.store = store;
        this.accounts = accounts;
        this.clock = clock;
        this.rows = new LoginRows(store, clock);
    }

    /** Begins to write. */
    public void start() {
        writer = Optional.of(Thread.ofVirtual().name("log-ins seen").start(this::writeAll));
    }

    /** Somebody logged in, or tried; costs nothing and fails never. */
    public void login(Attempt attempt) {
        Instant now = clock.instant();
        SeenLogin.Alike how = new SeenLogin.Alike(now.atZone(ZoneOffset.UTC).toLocalDate(), attempt.service, attempt.address,
                attempt.appPassword, attempt.result);
        waiting.offer(new Login(attempt.account, attempt.name, new SeenLogin(how, attempt.mechanism, attempt.agent, now, now, 1)));
    }

    /**
     * One log-in.
     *
     * @param account   whose; empty: the one that the name leads to, if any
     * @param name      as the client gave it
     * @param mechanism in words of SASL, or {@code password}
     * @param address   of the client
     * @param agent     what the client calls itself; empty: it does not say
     */
    public record Attempt(Optional<UUID> account, String name, Service service, String mechanism, String address, String agent,
            Optional<String> appPassword, SeenLogin.Result result) {}

    /** A session is used; costs a look into memory. */
    public void used(AccountSession session) {
        session.origin().ifPresent(origin -> {
            Instant now = clock.instant();
            if (origin.opened().plus(SESSION_MOMENT).isBefore(now) && noted.getIfPresent(origin.id()) == null) {
                noted.put(origin.id(), Boolean.TRUE);
                waiting.offer(new Used(session.accountId(), new SeenSession(origin.id(), session.protocol(), origin.address(),
                        session.appPassword(), origin.opened(), now)));
            }
        });
    }

    /** The log-ins of an account, the newest first, at most 1,000. */
    public List<SeenLogin> logins(UUID account) {
        Map<SeenLogin.Alike, SeenLogin> merged = new LinkedHashMap<>();
        store.logins(account, MOST_READ).forEach(login -> merged.merge(login.how(), login, SeenLogin::and));
        return merged.values().stream().sorted(Comparator.comparing(SeenLogin::last).reversed()).limit(MOST_TOLD).toList();
    }

    /** The sessions of an account that were used in the last ten minutes or so, the newest first. */
    public List<SeenSession> sessions(UUID account) {
        return store.sessions(account, MOST_TOLD).stream().sorted(Comparator.comparing(SeenSession::opened).reversed()).toList();
    }

    private void writeAll() {
        Instant next = clock.instant().plus(TICK);
        try {
            while (!closing) {
                Note note = waiting.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
                if (note != null) {
                    take(note);
                }
                if (clock.instant().isAfter(next)) {
                    rows.write(false);
                    next = clock.instant().plus(TICK);
                }
            }
            writeRest();
        } catch (InterruptedException e) {
            LOG.debug("some log-ins are not noted");
        }
    }

    /** What is waiting is written; for the end, and for tests. */
    void writeRest() {
        for (Note note = waiting.poll(); note != null; note = waiting.poll()) {
            take(note);
        }
        rows.write(true);
    }

    private void take(Note note) {
        try {
            switch (note) {
                case Login login -> login.account.or(() -> accounts.apply(login.name)).ifPresent(account -> rows.add(account, login.login));
                case Used used -> store.write(used.account, used.session);
                case Over() -> LOG.trace("no more notes");
            }
        } catch (StoreException e) {
            LOG.debugf("not noted: %s", e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("not noted", e);
        }
    }

    @Override
    public void close() {
        closing = true;
        waiting.offer(new Over());
        writer.ifPresent(thread -> {
            try {
                if (!thread.join(LAST_WORDS)) {
                    thread.interrupt();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
