package org.postel.pop3.backend;

import java.time.Duration;
import org.jboss.logging.Logger;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MailboxesClient;

/** Whether a session still stands. Much of POP3 is answered from what was read at its start, so nothing else would tell. */
final class SessionProof {

    private static final Logger LOG = Logger.getLogger(SessionProof.class);
    /** While nobody can say, a command in so long waits for the answer. */
    private static final Duration AFTER_AN_OUTAGE = Duration.ofSeconds(15);

    private final MailboxesClient mailboxes;
    private final Duration every;
    private long nextAt;

    /** @param every how long an answer holds */
    SessionProof(MailboxesClient mailboxes, Duration every) {
        this.mailboxes = mailboxes;
        this.every = every;
        this.nextAt = System.nanoTime() + every.toNanos();
    }

    boolean stands() {
        if (System.nanoTime() - nextAt < 0) {
            return true;
        }
        Duration next = every;
        try {
            mailboxes.prove();
        } catch (MailboxServiceException e) {
            if (e.reason() == MailboxServiceException.Reason.UNAUTHENTICATED) {
                return false;
            }
            LOG.debugf("a session goes on unproved: %s", e.getMessage());
            next = AFTER_AN_OUTAGE;
        }
        nextAt = System.nanoTime() + next.toNanos();
        return true;
    }
}
