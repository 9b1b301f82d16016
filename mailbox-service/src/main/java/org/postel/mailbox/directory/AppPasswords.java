package org.postel.mailbox.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.storage.StoreException;

/**
 * Passwords of which each program of an account's owner has one of its own: made here, shown once, and taken away without another program
 * noticing. They outlive a change of the account's password.
 */
public final class AppPasswords {

    private static final Logger LOG = Logger.getLogger(AppPasswords.class);
    /** Of one account. */
    private static final int MOST = 50;
    private static final int LONGEST_NAME = 100;
    private static final int ATTEMPTS = 5;
    private static final Duration USE_INTERVAL = Duration.ofHours(1);
    /** Uses that are written at the same time; more are not worth keeping a database busy that is slow. */
    private static final int MOST_WRITES = 16;
    private static final UUID NOBODY = new UUID(0, 0);

    private final AppPasswordStore store;
    private final Executor later;
    private final Consumer<UUID> accessChanged;
    private final Clock clock;
    private final Semaphore writes = new Semaphore(MOST_WRITES);
    private final Cache<String, Boolean> used = Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(USE_INTERVAL).build();

    /**
     * @param later         runs what no log-in waits for
     * @param accessChanged told of each account of which one was taken away
     */
    public AppPasswords(AppPasswordStore store, Executor later, Consumer<UUID> accessChanged, Clock clock) {
        this.store = store;
        this.later = later;
        this.accessChanged = accessChanged;
        this.clock = clock;
    }

    /**
     * A new app password.
     *
     * @param text for its owner, and not to be seen again
     */
    public record Made(AppPassword password, String text) {
        @Override
        public String toString() {
            return "Made[" + password + "]";
        }
    }

    /** Makes one. */
    public Made add(UUID account, String name, Set<SessionProtocol> protocols) throws DirectoryException {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new DirectoryException(Fault.INVALID, "name", "a name has 1 to " + LONGEST_NAME + " characters, none of them a control character");
        }
        if (protocols.isEmpty()) {
            throw new DirectoryException(Fault.INVALID, "protocols", "an app password opens one protocol at least");
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            AppPasswordStore.All before = store.all(account);
            if (before.passwords().size() >= MOST) {
                throw new DirectoryException(Fault.IN_USE, "an account has at most " + MOST + " app passwords; remove one first");
            }
            AppSecret secret = AppSecret.random();
            AppPassword made = new AppPassword(secret.id(), name, secret.hash(), protocols, clock.instant().truncatedTo(ChronoUnit.MILLIS));
            boolean taken = before.passwords().stream().anyMatch(other -> other.id().equals(made.id()));
            if (!taken && store.add(account, before, made)) {
                return new Made(made, secret.text());
            }
        }
        throw new DirectoryException(Fault.IN_USE, "somebody else changes this account");
    }

    /** Those of an account, the oldest first. */
    public List<AppPassword.Listed> list(UUID account) {
        return store.all(account).passwords().stream()
                .sorted((one, other) -> one.created().compareTo(other.created()))
                .map(password -> new AppPassword.Listed(password, store.lastUse(account, password.id())))
                .toList();
    }

    /** Takes one away; the sessions that it opened end as those of a changed password do. */
    public void remove(UUID account, String id) throws DirectoryException {
        if (!store.remove(account, id)) {
            throw new DirectoryException(Fault.MISSING, "no such app password");
        }
        accessChanged.accept(account);
    }

    /** Removes all of an account that is gone. */
    void removeAll(UUID account) {
        store.removeAll(account);
    }

    /** One of an account. */
    Optional<AppPassword> find(UUID account, String id) {
        return store.find(account, id);
    }

    /**
     * The one that somebody typed. What has not the form of one costs nothing; what has costs one look-up, whether there is such an account
     * or not (SAFETY rows 22 and 23).
     */
    Optional<AppPassword> matching(Optional<UUID> account, String written) {
        return AppSecret.parse(written).flatMap(given -> store.find(account.orElse(NOBODY), given.id())
                .filter(password -> MessageDigest.isEqual(password.hash(), given.hash())));
    }

    /** Remembers that one opened a session, once in an hour and not at once. */
    void used(UUID account, String id, SessionProtocol protocol, String clientAddress) {
        String key = account + id;
        if (used.getIfPresent(key) != null || !writes.tryAcquire()) {
            return;
        }
        used.put(key, Boolean.TRUE);
        later.execute(() -> {
            try {
                note(account, id, new AppPassword.Use(clock.instant().truncatedTo(ChronoUnit.MILLIS), protocol, clientAddress));
            } catch (StoreException e) {
                LOG.debugf("the use of an app password is not noted: %s", e.getMessage());
            } finally {
                writes.release();
            }
        });
    }

    /** Another instance may have noted one within the hour. */
    private void note(UUID account, String id, AppPassword.Use use) {
        boolean known = store.lastUse(account, id).filter(last -> last.at().plus(USE_INTERVAL).isAfter(use.at())).isPresent();
        if (!known) {
            store.used(account, id, use);
        }
    }
}
