package org.postel.mailbox.rpc;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.postel.mailbox.api.v1.AccountQuota;
import org.postel.mailbox.api.v1.QuotaRequest;
import org.postel.mailbox.api.v1.SetQuotaRequest;
import org.postel.mailbox.audit.Act;
import org.postel.mailbox.audit.AuditLog;
import org.postel.mailbox.authority.Administrators;
import org.postel.mailbox.authority.Authority;
import org.postel.mailbox.authority.Scope;
import org.postel.mailbox.identity.AccountSession;
import org.postel.mailbox.sharing.Addresses;
import org.postel.mailbox.storage.Quota;
import org.postel.mailbox.storage.Quotas;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/**
 * The quota roots that a session may name, RFC 9208 §4.1: its own account's, and with a role those of accounts in its domains. What is set is
 * written down before, as everything that administrators do. A session of an app password administers nothing: its program was given mail only.
 */
public final class QuotaRoots {

    private static final Logger LOG = Logger.getLogger(QuotaRoots.class);

    private final Quotas quotas;
    private final Addresses addresses;
    private final Administrators administrators;
    private final AuditLog audit;

    public QuotaRoots(Quotas quotas, Addresses addresses, Administrators administrators, AuditLog audit) {
        this.quotas = quotas;
        this.addresses = addresses;
        this.administrators = administrators;
        this.audit = audit;
    }

    /** @throws StoreException NOT_FOUND when the session may not look at it, as when it is not there */
    AccountQuota quota(AccountSession session, QuotaRequest request) {
        if (request.getAddress().isEmpty()) {
            return of(session.accountId());
        }
        return authority(session).filter(who -> who.may(Scope.ACCOUNTS_READ) && who.overAddress(request.getAddress()))
                .flatMap(_ -> addresses.account(request.getAddress())).map(this::of).orElseThrow(QuotaRoots::missing);
    }

    /** @throws StoreException FORBIDDEN when the session may not set it, NOT_FOUND when it may and there is no such account */
    AccountQuota set(AccountSession session, SetQuotaRequest request) {
        Authority who = authority(session).filter(one -> one.may(Scope.ACCOUNTS_WRITE)).orElseThrow(QuotaRoots::forbidden);
        String address = request.getAddress().isEmpty() ? addresses.address(session.accountId()).orElseThrow(QuotaRoots::missing) : request.getAddress();
        if (!who.overAddress(address)) {
            throw forbidden();
        }
        UUID account = addresses.account(address).orElseThrow(QuotaRoots::missing);
        if (!administrators.mayChange(who, account)) {
            throw forbidden();
        }
        Quota quota = new Quota(request.hasMostBytes() ? limit(request.getMostBytes()) : OptionalLong.empty(),
                request.hasMostMessages() ? limit(request.getMostMessages()) : OptionalLong.empty());
        UUID entry = audit.begin(new Act(who.name(), session.origin().map(AccountSession.Origin::address).orElse(""), "account.quota", address,
                "bytes " + said(quota.bytes()) + ", messages " + said(quota.messages())));
        quotas.limit(account, quota);
        ended(entry);
        return of(account);
    }

    /** When that cannot be written, the entry keeps saying that it was begun. */
    private void ended(UUID entry) {
        try {
            audit.end(entry, "done");
        } catch (StoreException e) {
            LOG.warnf("the outcome of %s is not in the audit log: %s", entry, e.getMessage());
        }
    }

    private Optional<Authority> authority(AccountSession session) {
        return session.appPassword().isPresent() ? Optional.empty() : administrators.authority(session.accountId());
    }

    private AccountQuota of(UUID account) {
        Quota limits = quotas.limits(account);
        Quota.Held held = quotas.held(account);
        AccountQuota.Builder quota = AccountQuota.newBuilder().setBytes(held.bytes()).setMessages(held.messages());
        limits.bytes().ifPresent(quota::setMostBytes);
        limits.messages().ifPresent(quota::setMostMessages);
        return quota.build();
    }

    /** A number64 has 63 bits: RFC 9051 §9. */
    private static OptionalLong limit(long wanted) {
        if (wanted < 0) {
            throw new StoreException(Problem.INVALID, "a limit has 63 bits");
        }
        return OptionalLong.of(wanted);
    }

    private static String said(OptionalLong limit) {
        return limit.isPresent() ? String.valueOf(limit.getAsLong()) : "none";
    }

    private static StoreException missing() {
        return new StoreException(Problem.NOT_FOUND, "no such quota root");
    }

    private static StoreException forbidden() {
        return new StoreException(Problem.FORBIDDEN, "quotas are set by administrators");
    }
}
