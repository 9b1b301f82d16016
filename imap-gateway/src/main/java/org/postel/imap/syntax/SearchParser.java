package org.postel.imap.syntax;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The criteria of SEARCH (RFC 3501 §6.4.4). Strings are read as UTF-8, of which US-ASCII is a part. */
final class SearchParser {

    private static final int DEEPEST = 50;
    private static final int MOST = 2000;
    private static final long HIGHEST_UID = 0xFFFF_FFFFL;
    private static final int MOST_SOURCES = 100;
    /** {@code entry-type-req = "priv" / "shared" / "all"}. */
    private static final Set<String> ENTRY_TYPES = Set.of("PRIV", "SHARED", "ALL");

    private static final SearchTerm NOTHING = new SearchTerm.Not(new SearchTerm.All());

    private final Cursor cursor;
    private final boolean uid;
    private int depth;
    private int terms;
    private boolean foreignCharset;

    SearchParser(Cursor cursor, boolean uid) {
        this.cursor = cursor;
        this.uid = uid;
    }

    /** {@code "SEARCH" [search-return-opts] [SP "CHARSET" SP astring] 1*(SP search-key)}. */
    ImapCommand.Search search() throws SyntaxException {
        cursor.sp();
        return criteria(ReturnParser.options(cursor));
    }

    private ImapCommand.Search criteria(Optional<ReturnOptions> returns) throws SyntaxException {
        Optional<String> charset = Optional.empty();
        if (cursor.acceptWord("CHARSET ")) {
            charset = Optional.of(charset());
        }
        SearchTerm term = program();
        return new ImapCommand.Search(uid, returns, charset, term);
    }

    /** {@code esearch = "ESEARCH" [SP esearch-source-opts] [SP search-return-opts] SP search-program} (RFC 7377 §4). */
    ImapCommand.Esearch esearch() throws SyntaxException {
        cursor.sp();
        List<NotifyFilter> sources = cursor.acceptWord("IN (") ? sources() : List.of(new NotifyFilter.Selected(false));
        ImapCommand.Search search = criteria(ReturnParser.options(cursor));
        ImapCommand.Esearch esearch = new ImapCommand.Esearch(sources, search.returns(), search.charset(), search.term());
        if (esearch.asks(ReturnOptions.Option.SAVE) && !esearch.selectedOnly()) {
            // RFC 7377 §2.2.
            throw new SyntaxException("SAVE is of the selected mailbox only");
        }
        return esearch;
    }

    /** {@code source-mbox = filter-mailboxes *(SP filter-mailboxes)}, and the parenthesis behind; no scope options are defined. */
    private List<NotifyFilter> sources() throws SyntaxException {
        FilterParser filters = new FilterParser(cursor);
        List<NotifyFilter> sources = new ArrayList<>();
        do {
            sources.add(filters.ofSearch());
            if (sources.size() > MOST_SOURCES) {
                throw new SyntaxException("Too many mailbox specifiers");
            }
        } while (cursor.accept(' '));
        cursor.expect(')');
        cursor.sp();
        return sources.stream().distinct().toList();
    }

    /** {@code charset SP}: in upper case. */
    String charset() throws SyntaxException {
        String name = cursor.text().toUpperCase(Locale.ROOT);
        foreignCharset = !Charsets.SEARCHABLE.contains(name);
        cursor.sp();
        return name;
    }

    /** The criteria, with which the command ends. */
    SearchTerm program() throws SyntaxException {
        SearchTerm term = all();
        cursor.end();
        return term;
    }

    /** {@code search-key *(SP search-key)}: all must match. */
    private SearchTerm all() throws SyntaxException {
        List<SearchTerm> all = new ArrayList<>();
        do {
            all.add(term());
        } while (cursor.accept(' '));
        return all.size() == 1 ? all.getFirst() : new SearchTerm.And(List.copyOf(all));
    }

    /** {@code search-key}. */
    private SearchTerm term() throws SyntaxException {
        if (++terms > MOST || ++depth > DEEPEST) {
            throw new SyntaxException("Search too complex");
        }
        SearchTerm term = parenthesisedOrKey();
        depth--;
        return term;
    }

    private SearchTerm parenthesisedOrKey() throws SyntaxException {
        if (cursor.accept('(')) {
            SearchTerm inner = all();
            cursor.expect(')');
            return inner;
        }
        // No keyword starts with what starts a set, so one octet tells them apart.
        if (Characters.digit(cursor.peek()) || cursor.peek() == '*' || cursor.peek() == '$') {
            return new SearchTerm.Numbers(SequenceSetParser.sequenceSet(cursor));
        }
        return key(cursor.keyword());
    }

    private SearchTerm key(String name) throws SyntaxException {
        return switch (name) {
            case "ALL" -> new SearchTerm.All();
            case "ANSWERED", "DELETED", "DRAFT", "FLAGGED", "SEEN" -> flag(name);
            case "UNANSWERED", "UNDELETED", "UNDRAFT", "UNFLAGGED", "UNSEEN" ->
                    new SearchTerm.Not(flag(name.substring(2)));
            case "RECENT" -> new SearchTerm.Recent();
            case "OLD" -> new SearchTerm.Not(new SearchTerm.Recent());
            case "NEW" -> new SearchTerm.And(List.of(new SearchTerm.Recent(), new SearchTerm.Not(flag("SEEN"))));
            case "SAVEDATESUPPORTED" -> new SearchTerm.All();
            case "NOT" -> new SearchTerm.Not(next());
            case "OR" -> new SearchTerm.Or(next(), next());
            default -> keyWithArgument(name);
        };
    }

    private SearchTerm next() throws SyntaxException {
        cursor.sp();
        return term();
    }

    private static SearchTerm flag(String name) throws SyntaxException {
        return new SearchTerm.Flag(SystemFlag.storable("\\" + name)
                .orElseThrow(() -> new SyntaxException("Unknown search key")));
    }

    private SearchTerm keyWithArgument(String name) throws SyntaxException {
        cursor.sp();
        return switch (name) {
            case "KEYWORD" -> new SearchTerm.Flag(FlagParser.keyword(cursor));
            case "UNKEYWORD" -> new SearchTerm.Not(new SearchTerm.Flag(FlagParser.keyword(cursor)));
            case "BCC", "CC", "FROM", "SUBJECT", "TO" -> new SearchTerm.Header(name, text());
            case "HEADER" -> header();
            case "BODY" -> new SearchTerm.Body(text());
            case "TEXT" -> new SearchTerm.Text(text());
            case "BEFORE" -> new SearchTerm.InternalDay(SearchTerm.Relation.BEFORE, DateParser.date(cursor));
            case "ON" -> new SearchTerm.InternalDay(SearchTerm.Relation.ON, DateParser.date(cursor));
            case "SINCE" -> new SearchTerm.InternalDay(SearchTerm.Relation.SINCE, DateParser.date(cursor));
            case "SENTBEFORE" -> new SearchTerm.SentDay(SearchTerm.Relation.BEFORE, DateParser.date(cursor));
            case "SENTON" -> new SearchTerm.SentDay(SearchTerm.Relation.ON, DateParser.date(cursor));
            case "SENTSINCE" -> new SearchTerm.SentDay(SearchTerm.Relation.SINCE, DateParser.date(cursor));
            case "SAVEDBEFORE" -> new SearchTerm.SavedDay(SearchTerm.Relation.BEFORE, DateParser.date(cursor));
            case "SAVEDON" -> new SearchTerm.SavedDay(SearchTerm.Relation.ON, DateParser.date(cursor));
            case "SAVEDSINCE" -> new SearchTerm.SavedDay(SearchTerm.Relation.SINCE, DateParser.date(cursor));
            case "YOUNGER" -> new SearchTerm.Within(true, cursor.nzNumber());
            case "OLDER" -> new SearchTerm.Within(false, cursor.nzNumber());
            case "LARGER" -> new SearchTerm.Larger(cursor.number64());
            case "SMALLER" -> new SearchTerm.Smaller(cursor.number64());
            case "MODSEQ" -> modSeq();
            case "EMAILID" -> ObjectId.message(cursor.atom()).<SearchTerm>map(SearchTerm.EmailId::new).orElse(NOTHING);
            case "THREADID" -> {
                // RFC 8474 §5.2: no message has one.
                cursor.atom();
                yield NOTHING;
            }
            case "UIDAFTER" -> range(cursor.nzNumber() + 1, HIGHEST_UID);
            case "UIDBEFORE" -> range(1, cursor.nzNumber() - 1);
            case "UID" -> new SearchTerm.Uids(SequenceSetParser.sequenceSet(cursor));
            default -> throw new SyntaxException("Unknown search key");
        };
    }

    /** {@code "UIDAFTER" SP uniqueid / "UIDBEFORE" SP uniqueid} (RFC 9738 §3.2). */
    private static SearchTerm range(long from, long to) {
        return from > to ? NOTHING : new SearchTerm.Uids(new SequenceSet(List.of(new SequenceSet.Range(from, to))));
    }

    /** {@code "MODSEQ" [SP entry-name SP entry-type-req] SP mod-sequence-valzer} (RFC 7162 §7). */
    private SearchTerm modSeq() throws SyntaxException {
        if (cursor.peek() == '"') {
            String entry = Cursor.utf8(cursor.string());
            cursor.sp();
            String type = cursor.keyword();
            cursor.sp();
            if (!entry.regionMatches(true, 0, "/flags/", 0, 7) || !ENTRY_TYPES.contains(type)) {
                throw new SyntaxException("Unknown metadata entry");
            }
        }
        return new SearchTerm.ModSeq(cursor.modSequence());
    }

    /** {@code "HEADER" SP header-fld-name SP astring}. */
    private SearchTerm header() throws SyntaxException {
        String field = text();
        cursor.sp();
        return new SearchTerm.Header(field, text());
    }

    private String text() throws SyntaxException {
        // In a charset that is refused later, only the boundaries matter.
        byte[] octets = cursor.astring();
        return foreignCharset ? new String(octets, StandardCharsets.ISO_8859_1) : Cursor.utf8(octets);
    }
}
