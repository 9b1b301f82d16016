package org.postel.mailbox.api;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.postel.mailbox.api.v1.AuthenticateResponse;
import org.postel.mailbox.api.v1.RenewRequest;
import org.postel.mailbox.api.v1.Session;

/** The token of one session; a fresh one is fetched once two thirds of its life are over. */
final class SessionToken {

    private static final Logger LOG = Logger.getLogger(SessionToken.class);

    private final DirectoryClient directory;
    private final ReentrantLock lock = new ReentrantLock();
    private Session session;
    private long renewAt;
    private long endsAt;

    SessionToken(Session session, DirectoryClient directory) {
        this.directory = directory;
        take(session);
    }

    /**
     * A token that is good for the next call.
     *
     * @throws MailboxServiceException UNAUTHENTICATED when the account was switched off or its password changed
     */
    String current() {
        lock.lock();
        try {
            if (System.nanoTime() - renewAt >= 0) {
                renew();
            }
            return session.getSessionToken();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Fetches a fresh one now: what opened the session opens it once more, or it has ended.
     *
     * @throws MailboxServiceException UNAUTHENTICATED when it has ended; UNAVAILABLE while nobody can say, then the old one holds
     */
    void prove() {
        lock.lock();
        try {
            fetch();
        } finally {
            lock.unlock();
        }
    }

    private void fetch() {
        AuthenticateResponse answer = directory.renew(RenewRequest.newBuilder().setSessionToken(session.getSessionToken()).build());
        if (!answer.hasSession()) {
            throw new MailboxServiceException(MailboxServiceException.Reason.UNAUTHENTICATED,
                    "the session was not renewed: " + answer.getRefused().getReason());
        }
        take(answer.getSession());
    }

    private void renew() {
        try {
            fetch();
        } catch (MailboxServiceException e) {
            boolean stillGood = System.nanoTime() - endsAt < 0;
            if (e.reason() != MailboxServiceException.Reason.UNAVAILABLE || !stillGood) {
                throw e;
            }
            LOG.debugf("session not renewed, the old token still holds: %s", e.getMessage());
        }
    }

    private void take(Session fresh) {
        Duration life = Duration.ofSeconds(fresh.getTokenTtlSeconds());
        long now = System.nanoTime();
        session = fresh;
        renewAt = now + life.multipliedBy(2).dividedBy(3).toNanos();
        endsAt = now + life.toNanos();
    }
}
