package org.postel.mailbox.store;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.CopyRequest;
import org.postel.mailbox.api.v1.CopyResponse;
import org.postel.mailbox.content.LinksLater;

/**
 * COPY and MOVE: no content is copied, each copy is a link and a row. The rows are one commit as long as they fit, so that
 * the destination gets all or none (RFC 9051 §6.4.7); of more, what was committed before a failure goes again.
 */
public final class MailboxCopier {

    private final MailboxStore store;
    private final LinksLater links;
    private final long octets;

    /** @param octets of rows that one commit may carry */
    public MailboxCopier(MailboxStore store, LinksLater links, long octets) {
        this.store = store;
        this.links = links;
        this.octets = octets;
    }

    /** Copies; with {@code move} the source's messages go then. */
    public CopyResponse copy(UUID account, CopyRequest request) {
        return copy(account, account, request, flag -> true);
    }

    /**
     * Between mailboxes of two accounts.
     *
     * @param keeps which flags the copies have that the originals have
     */
    public CopyResponse copy(UUID source, UUID account, CopyRequest request, Predicate<String> keeps) {
        UUID from = Uuids.of(request.getFrom());
        UUID to = Uuids.of(request.getTo());
        int uidValidity = store.fresh(account, to).mailbox().header().mailbox().getUidValidity();
        Copy copy = new Copy(store, links, new Copy.Source(source, from, keeps), account, to, octets);
        copy.run(Uuids.uids(request.getUids()));
        long modseq = 0;
        if (request.getMove()) {
            modseq = store.submit(source, from, new Expunge(Optional.of(copy.copied()), new Expunge.Which.Named(OptionalLong.empty()))).modseq();
        }
        return CopyResponse.newBuilder().setUidValidity(uidValidity).setFromUids(UidSet.toBytes(copy.copied()))
                .setToUids(UidSet.toBytes(copy.copies())).setFromModseq(modseq).build();
    }
}
