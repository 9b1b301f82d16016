package org.postel.imap.fake;

import java.util.Collection;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MailboxServiceException.Reason;
import org.postel.mailbox.api.v1.AccountQuota;
import org.postel.mailbox.api.v1.SetQuotaRequest;

/** What alice may hold, and bob, whose account she administers. */
final class FakeQuotas {

    private AccountQuota alices = AccountQuota.getDefaultInstance();
    private AccountQuota bobs = AccountQuota.getDefaultInstance();

    void limit(long bytes, long messages) {
        alices = AccountQuota.newBuilder().setMostBytes(bytes).setMostMessages(messages).build();
    }

    AccountQuota set(SetQuotaRequest request) {
        if (request.getAddress().isEmpty() || !request.getAddress().endsWith("@example.test")) {
            throw new MailboxServiceException(Reason.PERMISSION_DENIED, "no administrator of it");
        }
        AccountQuota.Builder set = AccountQuota.newBuilder().setBytes(1025).setMessages(2);
        if (request.hasMostBytes()) {
            set.setMostBytes(request.getMostBytes());
        }
        if (request.hasMostMessages()) {
            set.setMostMessages(request.getMostMessages());
        }
        bobs = set.build();
        return bobs;
    }

    /** That of an address; of none: alice's. */
    AccountQuota of(String address, Collection<FakeMailbox> mailboxes) {
        return switch (address) {
            case "" -> alices(mailboxes);
            case "bob@example.test" -> bobs;
            default -> throw new MailboxServiceException(Reason.NOT_FOUND, "no such root");
        };
    }

    /** Alice's, with what she has. */
    private AccountQuota alices(Collection<FakeMailbox> mailboxes) {
        return alices.toBuilder()
                .setBytes(mailboxes.stream().mapToLong(it -> it.header().getBytes()).sum())
                .setMessages(mailboxes.stream().mapToLong(it -> it.header().getMessages()).sum()).build();
    }

    /** Refuses what alice has no room for. */
    void admit(Collection<FakeMailbox> mailboxes, long bytes, long messages) {
        AccountQuota held = alices(mailboxes);
        if (held.hasMostBytes() && (held.getBytes() + bytes > held.getMostBytes() || held.getMessages() + messages > held.getMostMessages())) {
            throw new MailboxServiceException(Reason.OVER_QUOTA, "full");
        }
    }
}
