package org.postel.mailbox.rpc;

import java.time.Duration;
import java.util.UUID;
import org.postel.mailbox.api.v1.AcquireMaildropRequest;
import org.postel.mailbox.api.v1.MaildropLease;
import org.postel.mailbox.api.v1.ReleaseMaildropRequest;
import org.postel.mailbox.api.v1.ReleaseMaildropResponse;
import org.postel.mailbox.api.v1.RenewMaildropRequest;
import org.postel.mailbox.lease.Lease;
import org.postel.mailbox.lease.LeaseLostException;
import org.postel.mailbox.lease.Leases;
import org.postel.mailbox.storage.MailboxTrees;
import org.postel.mailbox.storage.Mailboxes;
import org.postel.mailbox.storage.StoreException;

/**
 * The exclusive use of an INBOX by one POP3 session among all gateways: RFC 1939 §4. The lease's fencing token is put into
 * the mailbox too, so that a session which lost its lease without knowing removes nothing.
 */
public final class Maildrops {

    private static final int LONGEST_HOLDER = 200;

    private final Leases leases;
    private final MailboxTrees trees;
    private final Mailboxes mailboxes;
    private final Duration ttl;

    public Maildrops(Leases leases, MailboxTrees trees, Mailboxes mailboxes, Duration ttl) {
        this.leases = leases;
        this.trees = trees;
        this.mailboxes = mailboxes;
        this.ttl = ttl;
    }

    MaildropLease acquire(UUID account, AcquireMaildropRequest request) {
        UUID inbox = trees.inbox(account);
        Lease lease = leases.acquire(name(account), holder(request.getHolder()), ttl)
                .orElseThrow(() -> new StoreException(StoreException.Problem.ALREADY_EXISTS, "the maildrop is in use"));
        mailboxes.fence(account, inbox, lease.fencingToken());
        return answer(lease, inbox);
    }

    MaildropLease renew(UUID account, RenewMaildropRequest request) throws LeaseLostException {
        Lease held = new Lease(name(account), holder(request.getHolder()), request.getFencingToken(), ttl);
        return answer(leases.renew(held), trees.inbox(account));
    }

    ReleaseMaildropResponse release(UUID account, ReleaseMaildropRequest request) {
        leases.release(new Lease(name(account), holder(request.getHolder()), request.getFencingToken(), ttl));
        return ReleaseMaildropResponse.getDefaultInstance();
    }

    private static MaildropLease answer(Lease lease, UUID inbox) {
        return MaildropLease.newBuilder()
                .setFencingToken(lease.fencingToken())
                .setMailboxId(Ids.octets(inbox))
                .setTtlMillis(lease.ttl().toMillis())
                .build();
    }

    private static String name(UUID account) {
        return "maildrop/" + account;
    }

    private static String holder(String holder) {
        if (holder.isEmpty() || holder.length() > LONGEST_HOLDER) {
            throw new StoreException(StoreException.Problem.INVALID, "a holder has 1 to " + LONGEST_HOLDER + " characters");
        }
        return holder;
    }
}
