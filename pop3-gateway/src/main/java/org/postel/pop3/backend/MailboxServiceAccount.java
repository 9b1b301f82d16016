package org.postel.pop3.backend;

import java.time.Duration;
import java.util.UUID;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MailboxesClient;
import org.postel.mailbox.api.v1.AcquireMaildropRequest;
import org.postel.mailbox.api.v1.MaildropLease;
import org.postel.pop3.command.Account;
import org.postel.pop3.command.BackendUnavailableException;

/** An account opened by a session token. */
final class MailboxServiceAccount implements Account {

    private final MailboxesClient mailboxes;
    private final ReadAheadBudget budget;
    private final Duration sessionCheck;
    private final String id;

    MailboxServiceAccount(String id, MailboxesClient mailboxes, ReadAheadBudget budget, Duration sessionCheck) {
        this.id = id;
        this.mailboxes = mailboxes;
        this.budget = budget;
        this.sessionCheck = sessionCheck;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Lock lock() throws BackendUnavailableException {
        String holder = "pop3-" + UUID.randomUUID();
        LeaseKeeper lease;
        try {
            MaildropLease taken = mailboxes.acquireMaildrop(AcquireMaildropRequest.newBuilder().setHolder(holder).build());
            lease = new LeaseKeeper(mailboxes, holder, taken);
        } catch (MailboxServiceException e) {
            if (e.reason() == MailboxServiceException.Reason.ALREADY_EXISTS) {
                return new Lock.InUse();
            }
            throw new BackendUnavailableException(e.getMessage(), e);
        }
        try {
            return new Lock.Taken(maildrop(lease));
        } catch (MailboxServiceException | IllegalArgumentException e) {
            lease.close();
            throw new BackendUnavailableException(e.getMessage(), e);
        }
    }

    private MailboxServiceMaildrop maildrop(LeaseKeeper lease) {
        SessionProof proof = new SessionProof(mailboxes, sessionCheck);
        return new MailboxServiceMaildrop(mailboxes, lease, MaildropReader.read(mailboxes, lease.mailboxId()), budget, proof);
    }
}
