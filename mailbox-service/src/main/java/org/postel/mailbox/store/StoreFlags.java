package org.postel.mailbox.store;

import java.util.List;
import java.util.OptionalLong;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.Change;
import org.postel.mailbox.api.v1.Flags;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.roaringbitmap.RoaringBitmap;

/**
 * Flags of messages change. Messages that have them already keep their MODSEQ.
 *
 * @param unchangedSince only messages that {@link Unchanged} lets pass; empty: all
 */
record StoreFlags(RoaringBitmap uids, Operation operation, List<String> flags, OptionalLong unchangedSince)
        implements Command<StoreFlags.Stored> {

    enum Operation { ADD, REMOVE, SET }

    /**
     * @param modseq   that the change was given; 0 when nothing changed
     * @param modified left alone because of unchangedSince
     */
    record Stored(long modseq, RoaringBitmap modified) {}

    StoreFlags {
        flags = List.copyOf(flags);
    }

    @Override
    public Footprint footprint() {
        return new Footprint.Some(uids);
    }

    @Override
    public int weight() {
        return uids.serializedSizeInBytes() + 256;
    }

    @Override
    public int rows() {
        return 1;
    }

    @Override
    public Decision<Stored> decide(Standing now) {
        FlagRules.check(flags, now);
        RoaringBitmap asked = RoaringBitmap.and(uids, now.state().uids());
        RoaringBitmap modified = modified(now, asked);
        asked.andNot(modified);
        RoaringBitmap touched = touched(now.state(), asked);
        if (touched.isEmpty()) {
            return new Decision<>(List.of(), now.header(), new Stored(0, modified));
        }
        MailboxHeader header = now.header().mailbox();
        long modseq = header.getModseq() + 1;
        MailboxHeader next = header.toBuilder()
                .setModseq(modseq)
                .setUnseen(header.getUnseen() - gain(now.state(), MailboxState.SEEN, touched))
                .setDeleted(header.getDeleted() + gain(now.state(), MailboxState.DELETED, touched))
                .build();
        return new Decision<>(List.of(new LogRow.Changed(change(modseq, touched))), now.header().with(next), new Stored(modseq, modified));
    }

    private RoaringBitmap modified(Standing now, RoaringBitmap asked) {
        return unchangedSince.isPresent()
                ? new Unchanged(unchangedSince.getAsLong(), flags, operation).modified(now, asked)
                : new RoaringBitmap();
    }

    /** Those of the asked that it changes. */
    private RoaringBitmap touched(MailboxState state, RoaringBitmap asked) {
        RoaringBitmap touched = new RoaringBitmap();
        for (String flag : flags) {
            touched.or(operation == Operation.REMOVE
                    ? RoaringBitmap.and(asked, state.flag(flag))
                    : RoaringBitmap.andNot(asked, state.flag(flag)));
        }
        if (operation == Operation.SET) {
            state.flags().stream().filter(flag -> flags.stream().noneMatch(flag::equalsIgnoreCase))
                    .forEach(flag -> touched.or(RoaringBitmap.and(asked, state.flag(flag))));
        }
        return touched;
    }

    /** How many more messages have the flag after it than before. */
    private int gain(MailboxState state, String flag, RoaringBitmap touched) {
        boolean named = flags.stream().anyMatch(flag::equalsIgnoreCase);
        int had = RoaringBitmap.andCardinality(touched, state.flag(flag));
        return switch (operation) {
            case ADD -> named ? touched.getCardinality() - had : 0;
            case REMOVE -> named ? -had : 0;
            case SET -> named ? touched.getCardinality() - had : -had;
        };
    }

    private Change change(long modseq, RoaringBitmap touched) {
        Change.Builder change = Change.newBuilder().setModseq(modseq).setUids(UidSet.toBytes(touched));
        Flags names = Flags.newBuilder().addAllFlag(flags).build();
        switch (operation) {
            case ADD -> change.setAdded(names);
            case REMOVE -> change.setRemoved(names);
            case SET -> change.setSet(names);
        }
        return change.build();
    }
}
