package org.postel.mailbox.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.Change;
import org.postel.mailbox.api.v1.Expunged;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.roaringbitmap.RoaringBitmap;

/**
 * Messages go.
 *
 * @param uids  which; empty for all
 * @param which the condition
 */
record Expunge(Optional<RoaringBitmap> uids, Which which) implements Command<Expunge.Gone> {

    /** What makes a message go. */
    sealed interface Which {

        /** It has the flag \Deleted. */
        record Deleted() implements Which {}

        /** It is named: POP3 UPDATE, if the token is the maildrop's; MOVE without one. */
        record Named(OptionalLong fencingToken) implements Which {}
    }

    /** @param modseq 0 when none went */
    record Gone(RoaringBitmap uids, long modseq) {}

    @Override
    public Footprint footprint() {
        return uids.<Footprint>map(Footprint.Some::new).orElseGet(Footprint.All::new);
    }

    @Override
    public int weight() {
        return uids.map(RoaringBitmap::serializedSizeInBytes).orElse(0) + 64;
    }

    @Override
    public int rows() {
        return 1;
    }

    @Override
    public Decision<Gone> decide(Standing now) {
        MailboxState state = now.state();
        RoaringBitmap going = uids.map(some -> RoaringBitmap.and(some, state.uids())).orElseGet(state.uids()::clone);
        switch (which) {
            case Which.Deleted deleted -> going.and(state.flag(MailboxState.DELETED));
            case Which.Named named -> checkFence(named, now.header());
        }
        if (going.isEmpty()) {
            return new Decision<>(List.of(), now.header(), new Gone(going, 0));
        }
        long modseq = now.header().modseq() + 1;
        Change change = Change.newBuilder().setModseq(modseq).setUids(UidSet.toBytes(going)).setExpunged(Expunged.getDefaultInstance()).build();
        return new Decision<>(List.of(new LogRow.Changed(change)), now.header().with(without(going, now, modseq)), new Gone(going, modseq));
    }

    private static void checkFence(Which.Named named, LogHeader header) {
        if (named.fencingToken().isPresent() && named.fencingToken().getAsLong() != header.fence()) {
            throw new StoreException(Problem.LEASE_LOST, "the maildrop has another holder");
        }
    }

    private static MailboxHeader without(RoaringBitmap going, Standing now, long modseq) {
        MailboxState state = now.state();
        MailboxHeader header = now.header().mailbox();
        int seen = RoaringBitmap.andCardinality(going, state.flag(MailboxState.SEEN));
        long octets = 0;
        for (int uid : going) {
            octets += state.size(uid);
        }
        return header.toBuilder()
                .setModseq(modseq)
                .setMessages(header.getMessages() - going.getCardinality())
                .setUnseen(header.getUnseen() - (going.getCardinality() - seen))
                .setDeleted(header.getDeleted() - RoaringBitmap.andCardinality(going, state.flag(MailboxState.DELETED)))
                .setBytes(header.getBytes() - octets)
                .build();
    }
}
