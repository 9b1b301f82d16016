package org.postel.imap.session;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postel.imap.syntax.SequenceSet;
import org.postel.imap.syntax.SystemFlag;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.Change;
import org.postel.mailbox.api.v1.ChangesChunk;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * One session's view of its selected mailbox: the mailbox as it is ({@link MailboxState}), and beside it what the client was
 * told, so that the difference can be told when RFC 3501 §7.4.1 allows.
 *
 * <p>Not safe for use by several threads at once. A UID is unsigned in its {@code int}.
 */
public final class MailboxView {

    private final ByteString mailboxId;
    private MailboxState state;
    private boolean torn;
    private boolean tellsFlags = true;
    private boolean showsRecent = true;
    /** The client was told of everything up to this MODSEQ. */
    private long told;
    /** Below the first change of flags that the client did not want to hear of. */
    private long untold = Long.MAX_VALUE;
    private boolean delayed;
    private final MessageNumbers known;
    private final RoaringBitmap changed = new RoaringBitmap();
    private final RoaringBitmap recent = new RoaringBitmap();
    /** These changed in a way that the client knows; only their MODSEQ is news to it. */
    private final RoaringBitmap renumbered = new RoaringBitmap();
    /** What messages were last that are gone but still have a number. */
    private final Map<Integer, Departed> departed = new HashMap<>();
    /** What {@code $} stands for: RFC 5182 §2.1. */
    private RoaringBitmap saved = new RoaringBitmap();
    private final Set<String> toldFlags = new LinkedHashSet<>(SystemFlag.STORABLE);

    private record Departed(List<String> flags, long modseq) {
    }

    /** Just selected: the client is about to be told all of {@code state}. */
    public MailboxView(ByteString mailboxId, MailboxState state) {
        this.mailboxId = mailboxId;
        this.state = state;
        this.known = new MessageNumbers(state.uids().clone());
        this.told = state.modseq();
        recent.or(recentAmong(state.uids(), state));
        toldFlags.addAll(state.flags());
    }

    private static RoaringBitmap recentAmong(RoaringBitmap uids, MailboxState state) {
        RoaringBitmap recent = uids.clone();
        // Not the other way round: a set of all UIDs from there on has a container for each 65,536 of them.
        recent.remove(0L, Integer.toUnsignedLong(state.header().getRecentFrom()));
        return recent;
    }

    public ByteString mailboxId() {
        return mailboxId;
    }

    /** The mailbox as far as it was read. */
    public MailboxState state() {
        return state;
    }

    /** How many messages the client knows of. */
    public int messages() {
        return known.count();
    }

    /** The UIDs the client has numbers for; not to be changed. */
    public RoaringBitmap uids() {
        return known.uids();
    }

    /** Of {@code uids}, the messages that are still there. */
    public RoaringBitmap present(RoaringBitmap uids) {
        return RoaringBitmap.and(uids, state.uids());
    }

    /** The messages that are gone, of which the client was not told; the caller owns the set. */
    public RoaringBitmap untoldGone() {
        return RoaringBitmap.andNot(known.uids(), state.uids());
    }

    /** The messages that are {@code \Recent} in this session; not to be changed. */
    public RoaringBitmap recent() {
        return recent;
    }

    /** The message number of a UID the client knows. */
    public int numberOf(int uid) {
        return known.of(uid);
    }

    /** Of the messages that the client knows and that are there, the first {@code count} after a UID. */
    public RoaringBitmap following(int uid, int count) {
        RoaringBitmap following = new RoaringBitmap();
        PeekableIntIterator each = known.uids().getIntIterator();
        each.advanceIfNeeded(uid);
        while (each.hasNext() && following.getCardinality() < count) {
            int next = each.next();
            if (next != uid && state.uids().contains(next)) {
                following.add(next);
            }
        }
        return following;
    }

    /** The UIDs a set stands for. */
    public RoaringBitmap resolve(SequenceSet set, boolean uid) {
        if (set.saved()) {
            return saved.clone();
        }
        return uid ? known.byUid(set) : known.byNumber(set);
    }

    /** From now on {@code $} stands for these, as long as each is there. */
    public void save(RoaringBitmap uids) {
        saved = RoaringBitmap.and(uids, known.uids());
    }

    /**
     * Whether {@code set} names messages by numbers they do not have (RFC 3501 §9: an error). {@code 5:*} never does, however
     * few there are: clients send it to ask for whatever is new.
     */
    public boolean exceeds(SequenceSet set) {
        return set.highestWritten() > known.count();
    }

    /** The flags of a message that has a number, {@code \Recent} included. */
    public List<String> flagsOf(int uid) {
        List<String> flags = departed.containsKey(uid) ? departed.get(uid).flags() : state.flagsOf(uid);
        if (!recent.contains(uid)) {
            return flags;
        }
        List<String> withRecent = new ArrayList<>(flags);
        withRecent.add(SystemFlag.RECENT);
        return withRecent;
    }

    /** The MODSEQ of a message that has a number. */
    public long modseqOf(int uid) {
        return departed.containsKey(uid) ? departed.get(uid).modseq() : state.modseq(uid);
    }

    /** The messages that have a number and a MODSEQ above this one; the caller owns the set. */
    public RoaringBitmap changedSince(long modseq) {
        RoaringBitmap changed = state.changedSince(modseq);
        departed.forEach((uid, last) -> {
            if (last.modseq() > modseq) {
                changed.add(uid);
            }
        });
        changed.and(known.uids());
        return changed;
    }

    /** The spelling that a keyword already has in this mailbox: keywords are one whatever their case. */
    public String spelling(String flag) {
        return state.flags().stream().filter(flag::equalsIgnoreCase).findFirst().orElse(flag);
    }

    /** Every flag of this mailbox, and those it could have. */
    public List<String> flags() {
        return List.copyOf(toldFlags);
    }

    /** Whether flags that change are reported where nobody asked; own changes are, in any case, by {@link #expectReport}. */
    public void tellFlags(boolean wanted) {
        tellsFlags = wanted;
    }

    /** Takes what happened. Of the change with MODSEQ {@code silent} the flags are not reported; 0 for none. */
    public void apply(ChangesChunk chunk, long silent) {
        torn = true;
        chunk.getArrivalsList().forEach(state::apply);
        chunk.getChangesList().forEach(change -> apply(change, silent));
        if (chunk.hasHeader()) {
            state.apply(chunk.getHeader());
            markRecent(chunk.getHeader().getRecentFrom());
            torn = false;
        }
    }

    /** Whether the last chunk of some changes is missing: then only {@link #replace} leads on, since arrivals come first. */
    public boolean torn() {
        return torn;
    }

    /** From now on no message is {@code \\Recent} here: RFC 9051 knows no such flag. */
    public void forgetRecent() {
        showsRecent = false;
        recent.clear();
    }

    private void markRecent(int recentFrom) {
        if (!showsRecent) {
            return;
        }
        RoaringBitmap arrived = RoaringBitmap.andNot(state.uids(), known.uids());
        arrived.forEach((int uid) -> {
            if (Integer.compareUnsigned(uid, recentFrom) >= 0) {
                recent.add(uid);
            }
        });
    }

    private void apply(Change change, long silent) {
        RoaringBitmap touched = UidSet.parse(change.getUids());
        if (change.hasExpunged()) {
            remember(touched);
        } else if (change.getModseq() == silent) {
            renumbered.or(touched);
        } else if (tellsFlags) {
            changed.or(touched);
        } else {
            untold = Math.min(untold, change.getModseq() - 1);
        }
        state.apply(change);
    }

    private void remember(RoaringBitmap going) {
        Map<List<String>, List<String>> shared = new HashMap<>();
        told(going).forEach((int uid) -> departed.put(uid,
                new Departed(shared.computeIfAbsent(state.flagsOf(uid), flags -> flags), state.modseq(uid))));
    }

    /** Takes a whole new state, where the log no longer reached back to the old one. UIDVALIDITY is the same. */
    public void replace(MailboxState next) {
        if (!tellsFlags) {
            untold = Math.min(untold, state.modseq());
        }
        remember(RoaringBitmap.andNot(state.uids(), next.uids()));
        RoaringBitmap.and(state.uids(), next.uids()).forEach((int uid) -> {
            if (tellsFlags && state.modseq(uid) != next.modseq(uid)) {
                renumbered.add(uid);
            }
        });
        Set<String> names = new LinkedHashSet<>(state.flags());
        names.addAll(next.flags());
        if (tellsFlags) {
            names.forEach(flag -> changed.or(RoaringBitmap.xor(state.flag(flag), next.flag(flag))));
        }
        state = next;
        torn = false;
        changed.and(next.uids());
        markRecent(next.header().getRecentFrom());
    }

    /** These are reported with the next {@link #report}, whether their flags changed or not. */
    public void expectReport(RoaringBitmap uids) {
        changed.or(uids);
    }

    /** Of these the MODSEQ is reported with the next {@link #report}, where the client wants to know it. */
    public void expectModseqs(RoaringBitmap uids) {
        renumbered.or(uids);
    }

    /** These need no report: what would be told has just been told. */
    public void reported(int uid) {
        changed.remove(uid);
        renumbered.remove(uid);
    }

    /**
     * Tells the client what it does not know: EXPUNGE where {@code expunges} allows, EXISTS and RECENT, FETCH of changed flags.
     *
     * @param named what FETCH names besides the flags
     */
    public void report(ResponseSink sink, boolean expunges, FetchNames named) throws IOException {
        Reports reports = new Reports(this, sink, named);
        if (expunges) {
            reports.expunges(untoldGone());
        }
        RoaringBitmap arrived = arrived();
        if (!arrived.isEmpty()) {
            known.uids().or(arrived);
            // Their first FETCH will show their flags.
            changed.andNot(arrived);
            renumbered.andNot(arrived);
            reports.arrivals(known.count(), RoaringBitmap.and(recent, known.uids()).getCardinality());
        }
        reports.flagNames(newFlags());
        reports.changes(told(changed), named.modseq() ? told(renumbered) : new RoaringBitmap());
        changed.clear();
        renumbered.clear();
        delayed = !state.uids().contains(known.uids());
        if (!delayed) {
            told = state.modseq();
        }
    }

    /** Tells the flags of these messages, whether they are news or not. */
    public void tell(ResponseSink sink, RoaringBitmap uids, FetchNames named) throws IOException {
        new Reports(this, sink, named).changes(told(uids), new RoaringBitmap());
    }

    /** Whether the last report left out expunges, which did not fit there. */
    public boolean delayed() {
        return delayed;
    }

    /** The MODSEQ up to which the client was told of everything: below that of any expunge it was not told of (RFC 7162 §3.2). */
    public long told() {
        return Math.min(told, untold);
    }

    /** The same once all is reported. */
    public long reached() {
        return Math.min(state.modseq(), untold);
    }

    /** Of {@code uids} those that are there and have a number. */
    private RoaringBitmap told(RoaringBitmap uids) {
        return RoaringBitmap.and(uids, RoaringBitmap.and(known.uids(), state.uids()));
    }

    private RoaringBitmap arrived() {
        RoaringBitmap arrived = RoaringBitmap.andNot(state.uids(), known.uids());
        if (!known.uids().isEmpty()) {
            // A message number is never given twice, so nothing may come in below: UIDs only rise.
            arrived.remove(0L, Integer.toUnsignedLong(known.uids().last()) + 1);
        }
        return arrived;
    }

    private boolean newFlags() {
        return toldFlags.addAll(state.flags());
    }

    void forget(RoaringBitmap gone) {
        known.uids().andNot(gone);
        changed.andNot(gone);
        renumbered.andNot(gone);
        recent.andNot(gone);
        saved.andNot(gone);
        gone.forEach((int uid) -> departed.remove(uid));
    }
}
