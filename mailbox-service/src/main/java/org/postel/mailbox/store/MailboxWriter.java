package org.postel.mailbox.store;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.ExpungeRequest;
import org.postel.mailbox.api.v1.ExpungeResponse;
import org.postel.mailbox.api.v1.Flags;
import org.postel.mailbox.api.v1.StoreRequest;
import org.postel.mailbox.api.v1.StoreResponse;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.roaringbitmap.RoaringBitmap;

/** Changes messages that are there. */
public final class MailboxWriter {

    private final MailboxStore store;

    public MailboxWriter(MailboxStore store) {
        this.store = store;
    }

    /** Changes flags. */
    public StoreResponse store(UUID account, StoreRequest request) {
        UUID mailbox = Uuids.of(request.getMailboxId());
        StoreFlags.Stored stored = store.submit(account, mailbox, command(request));
        StoreResponse.Builder response = StoreResponse.newBuilder().setModseq(stored.modseq()).setModified(UidSet.toBytes(stored.modified()));
        if (request.hasKnown()) {
            store.along(mailbox, request.getKnown(), stored.modseq()).ifPresent(response::setChanges);
        }
        return response.build();
    }

    private static StoreFlags command(StoreRequest request) {
        RoaringBitmap uids = Uuids.uids(request.getUids());
        return switch (request.getWhatCase()) {
            case ADD -> command(uids, StoreFlags.Operation.ADD, request.getAdd(), request);
            case REMOVE -> command(uids, StoreFlags.Operation.REMOVE, request.getRemove(), request);
            case SET -> command(uids, StoreFlags.Operation.SET, request.getSet(), request);
            case WHAT_NOT_SET -> throw new StoreException(Problem.INVALID, "a store of nothing");
        };
    }

    private static StoreFlags command(RoaringBitmap uids, StoreFlags.Operation operation, Flags flags, StoreRequest request) {
        OptionalLong unchangedSince = request.hasUnchangedSince() ? OptionalLong.of(request.getUnchangedSince()) : OptionalLong.empty();
        return new StoreFlags(uids, operation, flags.getFlagList(), unchangedSince);
    }

    /** Expunges. */
    public ExpungeResponse expunge(UUID account, ExpungeRequest request) {
        Optional<RoaringBitmap> uids = request.hasUids() ? Optional.of(Uuids.uids(request.getUids())) : Optional.empty();
        Expunge.Which which = request.hasByLease()
                ? new Expunge.Which.Named(OptionalLong.of(request.getByLease())) : new Expunge.Which.Deleted();
        UUID mailbox = Uuids.of(request.getMailboxId());
        Expunge.Gone gone = store.submit(account, mailbox, new Expunge(uids, which));
        ExpungeResponse.Builder response = ExpungeResponse.newBuilder().setUids(UidSet.toBytes(gone.uids())).setModseq(gone.modseq());
        if (request.hasKnown()) {
            store.along(mailbox, request.getKnown(), gone.modseq()).ifPresent(response::setChanges);
        }
        return response.build();
    }

    /** Sets the fencing token of a maildrop. */
    public void fence(UUID account, UUID mailbox, long token) {
        store.submit(account, mailbox, new RaiseFence(token));
    }
}
