package org.postel.mailbox.rpc;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;
import org.postel.mailbox.api.v1.AcquireMaildropRequest;
import org.postel.mailbox.api.v1.MaildropLease;
import org.postel.mailbox.api.v1.ReleaseMaildropRequest;
import org.postel.mailbox.api.v1.ReleaseMaildropResponse;
import org.postel.mailbox.api.v1.RenewMaildropRequest;
import org.postel.mailbox.identity.AccountSession;
import org.postel.mailbox.lease.Lease;
import org.postel.mailbox.lease.LeaseLostException;
import org.postel.mailbox.lease.Leases;
import org.postel.mailbox.storage.MailboxTrees;
import org.postel.mailbox.storage.Mailboxes;
import org.postel.mailbox.storage.StoreException;

/**
 * The exclusive use of an INBOX by one POP3 session among all gateways: RFC 1939 §4. The lease's fencing token is put into
 * the mailbox too, so that a session which lost its lease without knowing removes nothing. A session that ended, because its password
 * changed or its app password was taken away, holds a maildrop no longer.
 */
public final class Maildrops {

    private static final int LONGEST_HOLDER = 200;

    private final Leases leases;
    private final MailboxTrees trees;
    private final Mailboxes mailboxes;
    private final Duration ttl;
    private final Predicate<AccountSession> standing;

    /** @param standing whether a session still stands */
    public Maildrops(Leases leases, MailboxTrees trees, Mailboxes mailboxes, Duration ttl, Predicate<AccountSession> standing) {
        this.leases = leases;
        this.trees = trees;
        this.mailboxes = mailboxes;
        this.ttl = ttl;
        this.standing = standing;
    }

    MaildropLease acquire(AccountSession session, AcquireMaildropRequest request) {
        UUID account = session.accountId();
        UUID inbox = trees.inbox(account);
        Lease lease = leases.acquire(name(account), holder(request.getHolder()), SessionGround.of(session), ttl,
                        ground -> SessionGround.session(account, ground).filter(standing.negate()).isPresent())
                .orElseThrow(() -> new StoreException(StoreException.Problem.ALREADY_EXISTS, "the maildrop is in use"));
        mailboxes.fence(account, inbox, lease.fencingToken());
        return answer(lease, inbox);
    }

    MaildropLease renew(AccountSession session, RenewMaildropRequest request) throws LeaseLostException {
        return answer(leases.renew(held(session, request.getHolder(), request.getFencingToken())), trees.inbox(session.accountId()));
    }

    ReleaseMaildropResponse release(AccountSession session, ReleaseMaildropRequest request) {
        leases.release(held(session, request.getHolder(), request.getFencingToken()));
        return ReleaseMaildropResponse.getDefaultInstance();
    }

    private Lease held(AccountSession session, String holder, long fencingToken) {
        return new Lease(name(session.accountId()), holder(holder), SessionGround.of(session), fencingToken, ttl);
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
