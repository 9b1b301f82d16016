package org.postel.mailbox.rpc;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.Flags;
import org.postel.mailbox.api.v1.OpenRequest;
import org.postel.mailbox.api.v1.StoreRequest;
import org.postel.mailbox.api.v1.StoreResponse;
import org.postel.mailbox.sharing.Access;
import org.postel.mailbox.storage.Mailboxes;
import org.postel.mailbox.storage.Rights;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.roaringbitmap.RoaringBitmap;

/**
 * STORE in a mailbox where not every flag may be changed: those that may not stay as they are, and only when there is no other the whole is
 * refused (RFC 4314 §4).
 */
record RightfulStore(Mailboxes mailboxes, Access access) {

    StoreResponse store(StoreRequest request) {
        if (access.rights().equals(Rights.ALL)) {
            return mailboxes.store(access.owner(), request);
        }
        return switch (request.getWhatCase()) {
            case ADD -> mailboxes.store(access.owner(), request.toBuilder().setAdd(allowed(request.getAdd())).build());
            case REMOVE -> mailboxes.store(access.owner(), request.toBuilder().setRemove(allowed(request.getRemove())).build());
            case SET -> replace(request);
            case WHAT_NOT_SET -> throw new StoreException(Problem.INVALID, "nothing to store");
        };
    }

    private Flags allowed(Flags asked) {
        List<String> allowed = asked.getFlagList().stream().filter(access.rights()::mayChange).toList();
        if (allowed.isEmpty() && asked.getFlagCount() > 0) {
            throw new StoreException(Problem.FORBIDDEN, "no right to change these flags");
        }
        return Flags.newBuilder().addAllFlag(allowed).build();
    }

    /** Removes what may be removed and was not named, then adds what may be added: two changes, of which the first has the condition. */
    private StoreResponse replace(StoreRequest request) {
        Flags wanted = allowed(request.getSet());
        StoreResponse removed = mailboxes.store(access.owner(), request.toBuilder().setRemove(others(request, wanted)).build());
        RoaringBitmap left = UidSet.parse(request.getUids());
        left.andNot(UidSet.parse(removed.getModified()));
        StoreResponse added = mailboxes.store(access.owner(), request.toBuilder().clearUnchangedSince().setUids(UidSet.toBytes(left)).setAdd(wanted).build());
        return added.toBuilder().setModseq(Math.max(added.getModseq(), removed.getModseq())).setModified(removed.getModified()).build();
    }

    private Flags others(StoreRequest request, Flags wanted) {
        Set<String> others = new LinkedHashSet<>();
        mailboxes.open(access.owner(), OpenRequest.newBuilder().setMailboxId(request.getMailboxId()).build(),
                chunk -> chunk.getFlagsList().forEach(bitmap -> others.add(bitmap.getFlag())));
        others.removeIf(flag -> !access.rights().mayChange(flag) || wanted.getFlagList().stream().anyMatch(flag::equalsIgnoreCase));
        return Flags.newBuilder().addAllFlag(others).build();
    }
}
