package org.postel.mailbox.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.postel.mailbox.identity.AccountSession;
import org.postel.mailbox.storage.StoreException;

/**
 * Whether a session that was opened still stands: its account is there, is not suspended, has the same password, or app password, and may use the protocol.
 * An account is looked at again once what is known of it is older than some moment, so that is how long a session may outlive a change; a session is
 * refused only by what was read for it.
 */
public final class OpenSessions {

    private static final Logger LOG = Logger.getLogger(OpenSessions.class);
    private static final int MOST = 100_000;

    private final DirectoryStore store;
    private final AppPasswords apps;
    private final Cache<UUID, Optional<Account>> seen;
    private final Cache<String, Optional<AppPassword>> seenApps;

    /** @param age how old the knowledge of an account may be; zero: it is read for each call */
    public OpenSessions(DirectoryStore store, AppPasswords apps, Duration age) {
        this.store = store;
        this.apps = apps;
        this.seenApps = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(age).build();
        this.seen = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(age).build();
    }

    /** Whether it may go on; true while nobody can say, for an outage of the database ends no session. */
    public boolean stand(AccountSession session) {
        try {
            if (proved(session)) {
                return true;
            }
            // What is known may be older than the session: who has just logged in with a new password is not turned away for it.
            forget(session);
            return proved(session);
        } catch (StoreException e) {
            LOG.debugf("a session goes on unchecked: %s", e.getMessage());
            return true;
        }
    }

    /** Whether what opened it would open it again. */
    private boolean proved(AccountSession session) {
        return account(session.accountId()).filter(account -> account.mayUse(session.protocol()) && proved(account, session)).isPresent();
    }

    private boolean proved(Account account, AccountSession session) {
        return session.appPassword()
                .map(id -> app(account.id(), id).filter(app -> app.protocols().contains(session.protocol())).isPresent())
                .orElseGet(() -> account.credentialVersion() == session.credentialVersion());
    }

    private void forget(AccountSession session) {
        seen.invalidate(session.accountId());
        session.appPassword().ifPresent(id -> seenApps.invalidate(key(session.accountId(), id)));
    }

    private Optional<AppPassword> app(UUID account, String id) {
        Optional<AppPassword> known = seenApps.getIfPresent(key(account, id));
        if (known == null) {
            known = apps.find(account, id);
            seenApps.put(key(account, id), known);
        }
        return known;
    }

    private static String key(UUID account, String app) {
        return account + app;
    }

    private Optional<Account> account(UUID id) {
        Optional<Account> known = seen.getIfPresent(id);
        if (known == null) {
            known = store.account(id);
            seen.put(id, known);
        }
        return known;
    }
}
