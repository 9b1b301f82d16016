package org.postel.smtp.backend;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.postel.mailbox.api.DirectoryClient;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.AuthenticateResponse;
import org.postel.mailbox.api.v1.RenewRequest;
import org.postel.mailbox.api.v1.Session;

/** Asks mailbox-service whether a login still holds, at most once in some time; used by the thread of one session. */
final class RenewedLogin implements BooleanSupplier {

    private static final Logger LOG = Logger.getLogger(RenewedLogin.class);

    private final DirectoryClient directory;
    private final Duration believed;
    private String token;
    private long asked = System.nanoTime();

    /** @param believed how long an answer counts */
    RenewedLogin(DirectoryClient directory, Session session, Duration believed) {
        this.directory = directory;
        this.believed = believed;
        this.token = session.getSessionToken();
    }

    /** True while nobody can say: an outage of the database ends no session, and what it sends is queued without it. */
    @Override
    public boolean getAsBoolean() {
        if (System.nanoTime() - asked < believed.toNanos()) {
            return true;
        }
        try {
            AuthenticateResponse answer = directory.renew(RenewRequest.newBuilder().setSessionToken(token).build());
            if (answer.hasSession()) {
                token = answer.getSession().getSessionToken();
                asked = System.nanoTime();
            }
            return !answer.hasRefused();
        } catch (MailboxServiceException e) {
            LOG.debugf("a login goes on unchecked: %s", e.getMessage());
            return true;
        }
    }
}
