package org.postel.mailbox.store;

import java.util.List;
import java.util.Optional;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.Change;
import org.roaringbitmap.RoaringBitmap;

/**
 * The condition UNCHANGEDSINCE of RFC 7162 §3.1.3. A message has one MODSEQ for all its flags; where the rows of late reach
 * back far enough they tell whether a flag that is named here was among what changed, so that a change of another flag is no
 * hindrance (§3.1.12). Where they do not, every later change is one, which the RFC allows.
 *
 * @param since the MODSEQ that the client knows
 * @param flags what it wants to change
 */
record Unchanged(long since, List<String> flags, StoreFlags.Operation operation) {

    /** Those of some messages that are there which fail the condition. */
    RoaringBitmap modified(Standing now, RoaringBitmap asked) {
        RoaringBitmap later = RoaringBitmap.and(asked, now.state().changedSince(since));
        if (later.isEmpty() || operation == StoreFlags.Operation.SET) {
            // SET touches every flag there is.
            return later;
        }
        if (since == 0) {
            return existing(now.state(), later);
        }
        Optional<List<RecentRows.Recent>> rows = now.recent().since(since);
        return rows.isPresent() ? RoaringBitmap.and(later, named(rows.get())) : later;
    }

    /**
     * No message has a MODSEQ of 0, so 0 asks whether the flag is there at all, and a system flag always is: a keyword that
     * must be set only once, such as $MDNSent, is set so (RFC 7162 §3.1.3, example 8).
     */
    private RoaringBitmap existing(MailboxState state, RoaringBitmap later) {
        if (flags.stream().anyMatch(flag -> flag.startsWith("\\"))) {
            return later;
        }
        RoaringBitmap existing = new RoaringBitmap();
        flags.forEach(flag -> existing.or(RoaringBitmap.and(later, state.flag(flag))));
        return existing;
    }

    /** The messages that arrived in these rows or got or lost a named flag. */
    private RoaringBitmap named(List<RecentRows.Recent> rows) {
        RoaringBitmap touched = new RoaringBitmap();
        for (RecentRows.Recent row : rows) {
            row.arrival().ifPresent(arrival -> touched.add(arrival.getUid()));
            row.change().filter(this::names).ifPresent(change -> touched.or(UidSet.parse(change.getUids())));
        }
        return touched;
    }

    private boolean names(Change change) {
        return switch (change.getWhatCase()) {
            case ADDED -> namesOneOf(change.getAdded().getFlagList());
            case REMOVED -> namesOneOf(change.getRemoved().getFlagList());
            case SET, EXPUNGED -> true;
            case WHAT_NOT_SET -> throw new IllegalStateException("a change of an unknown kind");
        };
    }

    private boolean namesOneOf(List<String> changed) {
        return changed.stream().anyMatch(flag -> flags.stream().anyMatch(flag::equalsIgnoreCase));
    }
}
