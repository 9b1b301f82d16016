package org.postel.imap.command;

import java.io.IOException;
import java.util.Optional;
import org.postel.imap.session.FixedNumbers;
import org.postel.imap.session.MailboxView;
import org.postel.imap.session.ViewSearch;
import org.postel.imap.syntax.ResponseBuffer;
import org.postel.imap.syntax.SearchTerm;
import org.roaringbitmap.RoaringBitmap;

/**
 * A search whose results are kept up to date (RFC 5267 §4.3), and what the client was told of them. Only messages that changed are
 * looked at again; that time passes, which YOUNGER and OLDER go by, changes no result.
 */
final class SearchContext {

    /** Messages that mailbox-service looks at for one update, at most: to begin anew is a search, too, and is asked for. */
    static final int MOST_LOOKED_AT = 1000;

    private final Correlator correlator;
    private final SearchTerm term;
    /** RFC 5267 §4.3: message numbers stand for what they stood for when the command came. */
    private final Optional<FixedNumbers> numbers;
    private final RoaringBitmap results;
    /** The MODSEQ up to which changes were looked at. */
    private long reached;
    /** What {@code *} stood for then; 0 for nothing. */
    private int highest;

    /** @param numbers present where the term names messages by number or by {@code $} */
    SearchContext(Correlator correlator, SearchTerm term, MailboxView view, RoaringBitmap found, Optional<FixedNumbers> numbers) {
        this.correlator = correlator;
        this.term = term;
        this.results = found.clone();
        this.numbers = numbers;
        reach(view);
        compact();
    }

    private void reach(MailboxView view) {
        reached = view.state().modseq();
        highest = highest(view);
    }

    private static int highest(MailboxView view) {
        return view.uids().isEmpty() ? 0 : view.uids().last();
    }

    /** Tells which results are about to be expunged. */
    void expunged(Conversation conversation, MailboxView view, RoaringBitmap gone) throws IOException {
        RoaringBitmap removed = RoaringBitmap.and(results, gone);
        results.andNot(gone);
        tell(conversation, view, removed, new RoaringBitmap());
    }

    Optional<FixedNumbers> numbers() {
        return numbers;
    }

    /** Whether the client is told UIDs, and no message numbers. */
    boolean uid() {
        return correlator.uid();
    }

    String tag() {
        return correlator.tag();
    }

    /**
     * Tells which of the messages that changed match now, or match no longer.
     *
     * @return false when so much has changed that nobody looks at it
     */
    boolean update(Conversation conversation, MailboxView view) throws IOException {
        RoaringBitmap changed = changed(view);
        if (!changed.isEmpty()) {
            ViewSearch known = new ViewSearch(view, numbers);
            if (changed.getCardinality() > MOST_LOOKED_AT && known.matches(term).isEmpty()) {
                return false;
            }
            RoaringBitmap matching = Finder.matching(conversation, view, known, term, changed, InProgress.of(conversation)::at);
            RoaringBitmap removed = RoaringBitmap.andNot(RoaringBitmap.and(results, changed), matching);
            RoaringBitmap added = RoaringBitmap.andNot(matching, results);
            results.andNot(removed);
            results.or(added);
            compact();
            tell(conversation, view, removed, added);
        }
        reach(view);
        return true;
    }

    /** Two octets for each result at most, however they lie. */
    private void compact() {
        results.runOptimize();
        results.trim();
    }

    private RoaringBitmap changed(MailboxView view) {
        RoaringBitmap changed = view.state().modseq() == reached ? new RoaringBitmap() : view.changedSince(reached);
        if (highest(view) != highest) {
            // UID 5:* names the last message whatever its UID.
            changed.add(highest);
            changed.add(highest(view));
            // A command that failed may have read what it did not tell: whatever came counts from when the client knows of it.
            RoaringBitmap arrived = view.uids().clone();
            arrived.remove(0L, Integer.toUnsignedLong(highest) + 1);
            changed.or(arrived);
        }
        changed.and(view.present(view.uids()));
        return changed;
    }

    private void tell(Conversation conversation, MailboxView view, RoaringBitmap removed, RoaringBitmap added) throws IOException {
        if (removed.isEmpty() && added.isEmpty()) {
            return;
        }
        ResponseBuffer out = correlator.begin(conversation.response(), view);
        ResultSets sets = new ResultSets(out, conversation::write, view, correlator.uid());
        // Of what is in the order of the mailbox the place may be 0: RFC 5267 §4.3.3.
        if (!removed.isEmpty()) {
            out.raw(" REMOVEFROM (0 ");
            sets.set(removed);
            out.raw(")");
        }
        if (!added.isEmpty()) {
            out.raw(" ADDTO (0 ");
            sets.set(added);
            out.raw(")");
        }
        conversation.write(out.crlf().take());
    }
}
