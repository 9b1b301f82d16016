package org.postel.imap.syntax;

import java.time.LocalDate;
import java.util.List;

/** {@code search-key} of RFC 3501 §6.4.4. */
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

    record Larger(long octets) implements SearchTerm {
    }

    record Smaller(long octets) implements SearchTerm {
    }

    enum Relation { BEFORE, ON, SINCE }
}
