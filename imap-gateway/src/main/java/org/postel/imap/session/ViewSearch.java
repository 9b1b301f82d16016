package org.postel.imap.session;

import java.util.List;
import java.util.Optional;
import org.postel.imap.syntax.SearchTerm;
import org.postel.imap.syntax.SequenceSet;
import org.roaringbitmap.RoaringBitmap;

/** SEARCH over numbers, flags and MODSEQs only, which the view knows: answered without asking anybody. */
public final class ViewSearch {

    private final MailboxView view;
    private final Optional<FixedNumbers> fixed;

    public ViewSearch(MailboxView view) {
        this(view, Optional.empty());
    }

    /** @param fixed what message numbers stand for, where that is not what they would be now */
    public ViewSearch(MailboxView view, Optional<FixedNumbers> fixed) {
        this.view = view;
        this.fixed = fixed;
    }

    /** The UIDs that match; empty when the term asks for more than the view knows. */
    public Optional<RoaringBitmap> matches(SearchTerm term) {
        return switch (term) {
            case SearchTerm.All _ -> Optional.of(view.uids().clone());
            case SearchTerm.Recent _ -> Optional.of(RoaringBitmap.and(view.recent(), view.uids()));
            case SearchTerm.Numbers numbers -> Optional.of(numbered(numbers.set()));
            case SearchTerm.Uids uids -> Optional.of(named(uids));
            case SearchTerm.Flag flag -> Optional.of(withFlag(flag.flag()));
            case SearchTerm.ModSeq since -> Optional.of(view.changedSince(since.atLeast() - 1));
            case SearchTerm.Not not -> matches(not.term()).map(uids -> RoaringBitmap.andNot(view.uids(), uids));
            case SearchTerm.Or or -> matches(or.one())
                    .flatMap(one -> matches(or.other()).map(other -> RoaringBitmap.or(one, other)));
            case SearchTerm.And and -> all(and);
            case SearchTerm.Header _, SearchTerm.Body _, SearchTerm.Text _, SearchTerm.InternalDay _,
                    SearchTerm.SentDay _, SearchTerm.SavedDay _, SearchTerm.Within _, SearchTerm.Larger _, SearchTerm.Smaller _,
                    SearchTerm.EmailId _ -> Optional.empty();
        };
    }

    /** {@code UID $} stands for what {@code $} alone does. */
    private RoaringBitmap named(SearchTerm.Uids uids) {
        return uids.set().saved() ? numbered(uids.set()) : view.resolve(uids.set(), true);
    }

    private RoaringBitmap numbered(SequenceSet set) {
        return fixed.map(then -> RoaringBitmap.and(then.resolve(set), view.uids())).orElseGet(() -> view.resolve(set, false));
    }

    /** The messages among which all that match are, as the sets in the term say: the caller owns the set. */
    public RoaringBitmap named(SearchTerm term) {
        RoaringBitmap named = view.uids().clone();
        List<SearchTerm> all = term instanceof SearchTerm.And and ? and.terms() : List.of(term);
        for (SearchTerm each : all) {
            switch (each) {
                case SearchTerm.Numbers numbers -> named.and(numbered(numbers.set()));
                case SearchTerm.Uids uids -> named.and(named(uids));
                case SearchTerm.And inner -> named.and(named(inner));
                default -> { }
            }
        }
        return named;
    }

    private Optional<RoaringBitmap> all(SearchTerm.And and) {
        RoaringBitmap left = view.uids().clone();
        for (SearchTerm term : and.terms()) {
            Optional<RoaringBitmap> matching = matches(term);
            if (matching.isEmpty()) {
                return matching;
            }
            left.and(matching.get());
        }
        return Optional.of(left);
    }

    private RoaringBitmap withFlag(String flag) {
        return RoaringBitmap.and(view.state().flag(view.spelling(flag)), view.uids());
    }
}
