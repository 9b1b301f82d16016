package org.postel.imap.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SORT and THREAD: RFC 5256 §5. Their charset must be named. */
final class SortParser {

    private static final int MOST_KEYS = 20;

    private final Cursor cursor;
    private final boolean uid;
    private final SearchParser search;

    SortParser(Cursor cursor, boolean uid) {
        this.cursor = cursor;
        this.uid = uid;
        this.search = new SearchParser(cursor, uid);
    }

    /** {@code "SORT" [search-return-opts] SP sort-criteria SP search-criteria} (RFC 5267 §4.2). */
    ImapCommand.Sort sort() throws SyntaxException {
        cursor.sp();
        Optional<ReturnOptions> returns = ReturnParser.options(cursor);
        List<SortKey> by = criteria();
        cursor.sp();
        return new ImapCommand.Sort(uid, returns, by, Optional.of(search.charset()), search.program());
    }

    /** {@code "THREAD" SP thread-alg SP search-criteria}. */
    ImapCommand.Thread thread() throws SyntaxException {
        cursor.sp();
        ThreadAlgorithm algorithm = named(ThreadAlgorithm.class, "Unknown algorithm");
        cursor.sp();
        return new ImapCommand.Thread(uid, algorithm, Optional.of(search.charset()), search.program());
    }

    /** {@code "(" sort-criterion *(SP sort-criterion) ")"}. */
    private List<SortKey> criteria() throws SyntaxException {
        List<SortKey> criteria = new ArrayList<>();
        cursor.expect('(');
        do {
            boolean reverse = cursor.acceptWord("REVERSE ");
            criteria.add(new SortKey(named(SortKey.Name.class, "Unknown sort criterion"), reverse));
            if (criteria.size() > MOST_KEYS) {
                throw new SyntaxException("Too many sort criteria");
            }
        } while (cursor.accept(' '));
        cursor.expect(')');
        return List.copyOf(criteria);
    }

    private <E extends Enum<E>> E named(Class<E> names, String problem) throws SyntaxException {
        try {
            return Enum.valueOf(names, cursor.keyword());
        } catch (IllegalArgumentException _) {
            throw new SyntaxException(problem);
        }
    }
}
