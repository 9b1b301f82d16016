package org.postel.mailbox.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.directory.Authentication;

/** Opens, finds and ends the sessions of the pages. Safe for several threads; each call asks the database, and waits for it. */
public final class WebSessions {

    /** Of one account; the one that was used longest ago makes room. */
    private static final int MOST = 50;
    private static final Duration USE_INTERVAL = Duration.ofMinutes(1);

    private final WebSessionStore store;
    private final Authentication accounts;
    private final SessionLives lives;
    private final Clock clock;

    public WebSessions(WebSessionStore store, Authentication accounts, SessionLives lives, Clock clock) {
        this.store = store;
        this.accounts = accounts;
        this.lives = lives;
        this.clock = clock;
    }

    /** Opens one for somebody who just proved to be this account. */
    public SessionSecret open(Account account, Client client) {
        List<WebSession> before = store.all(account.id());
        before.stream().sorted(Comparator.comparing(WebSession::used)).limit(Math.max(0, before.size() - MOST + 1))
                .forEach(oldest -> store.remove(account.id(), oldest.id()));
        SessionSecret secret = SessionSecret.of(account.id());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        store.add(new WebSession(account.id(), secret.id(), account.credentialVersion(), now, client.agent(), now, client.address()),
                lives.longest(), idle(lives.longest()));
        return secret;
    }

    /** Who shows this token; empty when its session is over, the account is switched off, or its password was changed. */
    public Optional<SignedIn> find(String token, Client client) {
        Optional<SessionSecret> secret = SessionSecret.parse(token);
        Optional<WebSession> session = secret.flatMap(given -> store.find(given.account(), given.id()));
        return session.flatMap(found -> accounts.again(found.account(), found.credentialVersion())).map(account -> {
            used(session.get(), client);
            return new SignedIn(account, session.get(), secret.get().formToken());
        });
    }

    /** Those of an account that stand, the one that was used last first. */
    public List<WebSession> of(Account account) {
        return store.all(account.id()).stream().filter(session -> session.credentialVersion() == account.credentialVersion())
                .sorted(Comparator.comparing(WebSession::used).reversed()).toList();
    }

    /** Ends one. */
    public void end(UUID account, String id) {
        store.remove(account, id);
    }

    /** Ends all of an account but this one. */
    public void endOthers(WebSession kept) {
        store.all(kept.account()).stream().filter(session -> !session.id().equals(kept.id())).forEach(session -> store.remove(session.account(), session.id()));
    }

    /** Ends all of an account. */
    public void endAll(UUID account) {
        store.removeAll(account);
    }

    private void used(WebSession session, Client client) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (session.used().plus(USE_INTERVAL).isBefore(now)) {
            store.used(session.account(), session.id(), now, client.address(), idle(Duration.between(now, session.created().plus(lives.longest()))));
        }
    }

    /** A use is written a minute late, so that much longer. */
    private Duration idle(Duration left) {
        Duration idle = lives.idle().plus(USE_INTERVAL);
        return idle.compareTo(left) < 0 ? idle : left;
    }
}
