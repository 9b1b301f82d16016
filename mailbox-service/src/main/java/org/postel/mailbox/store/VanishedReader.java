package org.postel.mailbox.store;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.Change;
import org.postel.mailbox.api.v1.Known;
import org.postel.mailbox.api.v1.VanishedChunk;
import org.postel.mailbox.api.v1.VanishedRequest;
import org.roaringbitmap.RoaringBitmap;

/** Which messages left a mailbox after a MODSEQ, by the changes that the log has from there on (RFC 7162 §3.2.5.1). */
public final class VanishedReader {

    private static final int UIDS_IN_CHUNK = 50_000;

    private final MailboxStore store;

    public VanishedReader(MailboxStore store) {
        this.store = store;
    }

    /** At least one chunk. */
    public void vanished(UUID account, VanishedRequest request, Consumer<VanishedChunk> to) {
        UUID mailbox = Uuids.of(request.getMailboxId());
        Known known = Known.newBuilder().setUidValidity(request.getUidValidity()).setModseq(request.getSinceModseq()).build();
        Happened happened = store.fresh(account, mailbox, request.getToModseq()).mailbox().read(now -> Happened.since(known, now));
        RoaringBitmap gone = new RoaringBitmap();
        boolean told = !happened.outOfReach()
                && (happened.rows().map(rows -> fromMemory(rows, gone)).orElseGet(() -> fromLog(mailbox, happened, gone)));
        if (told) {
            send(gone, to);
        } else {
            to.accept(VanishedChunk.newBuilder().setOutOfReach(true).build());
        }
    }

    private static boolean fromMemory(List<RecentRows.Recent> rows, RoaringBitmap gone) {
        rows.forEach(row -> row.change().ifPresent(change -> collect(change, gone)));
        return true;
    }

    /** False when changes are missing: they were folded meanwhile. */
    private boolean fromLog(UUID mailbox, Happened happened, RoaringBitmap gone) {
        long since = happened.since().getModseq();
        store.log().changes(mailbox, since, happened.header().modseq(), change -> collect(change, gone));
        return store.log().header(mailbox).filter(now -> now.position().logFrom() <= since).isPresent();
    }

    private static void collect(Change change, RoaringBitmap gone) {
        if (change.hasExpunged()) {
            gone.or(UidSet.parse(change.getUids()));
        }
    }

    private static void send(RoaringBitmap gone, Consumer<VanishedChunk> to) {
        do {
            RoaringBitmap some = gone.limit(UIDS_IN_CHUNK);
            gone.andNot(some);
            to.accept(VanishedChunk.newBuilder().setUids(UidSet.toBytes(some)).build());
        } while (!gone.isEmpty());
    }
}
