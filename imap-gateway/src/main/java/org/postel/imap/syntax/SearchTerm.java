package org.postel.imap.syntax;

import com.google.protobuf.ByteString;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** {@code search-key} of RFC 3501 §6.4.4, RFC 7162 §3.1.5, RFC 5032 §3 and RFC 8514 §4.3. */
public sealed interface SearchTerm {

    record All() implements SearchTerm {
    }

    record And(List<SearchTerm> terms) implements SearchTerm {
    }

    record Or(SearchTerm one, SearchTerm other) implements SearchTerm {
    }

    record Not(SearchTerm term) implements SearchTerm {
    }

    /** Message numbers. */
    record Numbers(SequenceSet set) implements SearchTerm {
    }

    record Uids(SequenceSet set) implements SearchTerm {
    }

    /** A flag or keyword that is set. */
    record Flag(String flag) implements SearchTerm {
    }

    /** {@code \Recent}, which each session has its own of. */
    record Recent() implements SearchTerm {
    }

    /** An empty {@code contains} asks for the field only. */
    record Header(String field, String contains) implements SearchTerm {
    }

    record Body(String contains) implements SearchTerm {
    }

    record Text(String contains) implements SearchTerm {
    }

    record InternalDay(Relation relation, LocalDate day) implements SearchTerm {
    }

    record SentDay(Relation relation, LocalDate day) implements SearchTerm {
    }

    /** The day, in UTC, it was put into this mailbox. */
    record SavedDay(Relation relation, LocalDate day) implements SearchTerm {
    }

    /** Whether it arrived within so many seconds before now; not {@code younger}: before that. */
    record Within(boolean younger, long seconds) implements SearchTerm {
    }

    record Larger(long octets) implements SearchTerm {
    }

    record Smaller(long octets) implements SearchTerm {
    }

    /** A MODSEQ of this or above. A message has one for all its flags, so the entry that may be named is passed over. */
    record ModSeq(long atLeast) implements SearchTerm {
    }

    /** RFC 8474 §6: the message that the store names so. */
    record EmailId(ByteString message) implements SearchTerm {
    }

    /** Whether {@link ModSeq} is anywhere in it. */
    default boolean mentionsModSeq() {
        return leaves().anyMatch(ModSeq.class::isInstance);
    }

    /** The sets in it that do not stand for the same for ever: message numbers, and {@code $} with UID before it or not. */
    default Stream<SequenceSet> numbers() {
        return leaves().flatMap(term -> switch (term) {
            case Numbers numbers -> Stream.of(numbers.set());
            case Uids uids when uids.set().saved() -> Stream.of(uids.set());
            default -> Stream.empty();
        });
    }

    private Stream<SearchTerm> leaves() {
        return switch (this) {
            case And and -> and.terms().stream().flatMap(SearchTerm::leaves);
            case Or or -> Stream.of(or.one(), or.other()).flatMap(SearchTerm::leaves);
            case Not not -> not.term().leaves();
            case All _, Numbers _, Uids _, Flag _, Recent _, Header _, Body _, Text _, InternalDay _, SentDay _, SavedDay _, Within _,
                    Larger _, Smaller _, ModSeq _, EmailId _ -> Stream.of(this);
        };
    }

    enum Relation { BEFORE, ON, SINCE }
}
