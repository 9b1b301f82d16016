package org.postel.pop3.backend;

import com.google.protobuf.ByteString;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MailboxesClient;
import org.postel.mailbox.api.v1.MaildropLease;
import org.postel.mailbox.api.v1.ReleaseMaildropRequest;
import org.postel.mailbox.api.v1.RenewMaildropRequest;

/**
 * Renews a maildrop's lease until it is closed, then gives it back. A renewal that fails is tried again; whether the lease
 * still holds is decided where the messages are deleted, by its fencing token.
 */
final class LeaseKeeper implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LeaseKeeper.class);
    // Two more tries before a lease runs out.
    private static final int RENEWALS_PER_TTL = 3;

    private final MailboxesClient mailboxes;
    private final String holder;
    private final MaildropLease lease;
    private final Thread keeper;

    LeaseKeeper(MailboxesClient mailboxes, String holder, MaildropLease lease) {
        this.mailboxes = mailboxes;
        this.holder = holder;
        this.lease = lease;
        this.keeper = Thread.ofVirtual().name("lease-" + holder).start(this::keep);
    }

    ByteString mailboxId() {
        return lease.getMailboxId();
    }

    long fencingToken() {
        return lease.getFencingToken();
    }

    private void keep() {
        try {
            while (true) {
                Thread.sleep(Duration.ofMillis(Math.max(1, lease.getTtlMillis() / RENEWALS_PER_TTL)));
                if (!renew()) {
                    return;
                }
            }
        } catch (InterruptedException closed) {
            LOG.trace("lease no longer kept");
        }
    }

    private boolean renew() {
        try {
            mailboxes.renewMaildrop(RenewMaildropRequest.newBuilder()
                    .setHolder(holder).setFencingToken(lease.getFencingToken()).build());
            return true;
        } catch (MailboxServiceException e) {
            boolean lost = e.reason() == MailboxServiceException.Reason.ABORTED
                    || e.reason() == MailboxServiceException.Reason.UNAUTHENTICATED;
            LOG.warnf("lease of a maildrop %s: %s", lost ? "lost" : "not renewed", e.getMessage());
            return !lost;
        }
    }

    /** May be called twice. */
    @Override
    public void close() {
        keeper.interrupt();
        try {
            // A renewal under way would take the lease again after it was given back.
            keeper.join();
            mailboxes.releaseMaildrop(ReleaseMaildropRequest.newBuilder()
                    .setHolder(holder).setFencingToken(lease.getFencingToken()).build());
        } catch (MailboxServiceException e) {
            LOG.debugf("lease of a maildrop not given back, it runs out by itself: %s", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
