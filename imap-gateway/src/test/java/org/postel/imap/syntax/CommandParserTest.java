package org.postel.imap.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.imap.syntax.SearchTerm.Relation;

class CommandParserTest {

    private static final FetchItem FLAGS = new FetchItem.Flags();
    private static final OptionalLong NONE = OptionalLong.empty();

    private static ImapCommand.Line parse(String octets) {
        return CommandParser.parse(octets.getBytes(StandardCharsets.UTF_8));
    }

    private static ImapCommand command(String octets) {
        return assertInstanceOf(ImapCommand.Tagged.class, parse("a1 " + octets), octets).command();
    }

    private static SequenceSet set(long... bounds) {
        List<SequenceSet.Range> ranges = new java.util.ArrayList<>();
        for (int i = 0; i < bounds.length; i += 2) {
            ranges.add(new SequenceSet.Range(bounds[i], bounds[i + 1]));
        }
        return new SequenceSet(ranges);
    }

    static Stream<Arguments> commands() {
        MailboxName inbox = MailboxName.INBOX;
        Section whole = new Section(List.of(), new Section.Kind.Whole());
        return Stream.of(
                Arguments.of("noop", new ImapCommand.Noop()),
                Arguments.of("login SMITH sesame", new ImapCommand.Login("SMITH", "sesame")),
                Arguments.of("LOGIN {11}\r\nFRED FOOBAR {7}\r\nfat man", new ImapCommand.Login("FRED FOOBAR", "fat man")),
                Arguments.of("LOGIN \"a\\\"b\\\\c\" \"\"", new ImapCommand.Login("a\"b\\c", "")),
                Arguments.of("AUTHENTICATE plain", new ImapCommand.Authenticate("PLAIN", Optional.empty())),
                Arguments.of("AUTHENTICATE PLAIN =", new ImapCommand.Authenticate("PLAIN", Optional.of("="))),
                Arguments.of("select InBoX", new ImapCommand.Select(inbox, "InBoX", false, Optional.empty())),
                Arguments.of("EXAMINE \"Sent Mail\"", new ImapCommand.Examine(new MailboxName("Sent Mail"), "Sent Mail", false, Optional.empty())),
                Arguments.of("SELECT INBOX (condstore)", new ImapCommand.Select(inbox, "INBOX", true, Optional.empty())),
                Arguments.of("EXAMINE INBOX (CONDSTORE)", new ImapCommand.Examine(inbox, "INBOX", true, Optional.empty())),
                Arguments.of("SELECT INBOX (QRESYNC (67890007 20050715194045000 41,43:211,214:541))", new ImapCommand.Select(inbox, "INBOX", false,
                        Optional.of(new QuickResync(67890007, 20050715194045000L, Optional.of(set(41, 41, 43, 211, 214, 541)), Optional.empty())))),
                Arguments.of("EXAMINE INBOX (condstore qresync (1 2 (1,3 4:5)))", new ImapCommand.Examine(inbox, "INBOX", true,
                        Optional.of(new QuickResync(1, 2, Optional.empty(), Optional.of(new SequenceMatch(set(1, 1, 3, 3), set(4, 5))))))),
                Arguments.of("SELECT INBOX (QRESYNC (1 2 1:9 (1 4)))", new ImapCommand.Select(inbox, "INBOX", false,
                        Optional.of(new QuickResync(1, 2, Optional.of(set(1, 9)), Optional.of(new SequenceMatch(set(1, 1), set(4, 4))))))),
                Arguments.of("UID FETCH 1 FLAGS (VANISHED CHANGEDSINCE 5)", new ImapCommand.Fetch(true, set(1, 1), List.of(FLAGS),
                        new FetchModifiers(OptionalLong.of(5), true, Optional.empty()))),
                Arguments.of("ENABLE condstore X-GOOD-IDEA", new ImapCommand.Enable(Set.of("CONDSTORE", "X-GOOD-IDEA"))),
                Arguments.of("STATUS INBOX (HIGHESTMODSEQ)", new ImapCommand.Status(inbox, Set.of(StatusItem.HIGHESTMODSEQ))),
                Arguments.of("FETCH 1 MODSEQ", fetch(false, set(1, 1), List.of(new FetchItem.ModSeq()), NONE)),
                Arguments.of("UID FETCH 1:* (FLAGS) (changedsince 12345)", fetch(true,
                        set(1, SequenceSet.STAR), List.of(FLAGS), OptionalLong.of(12345))),
                Arguments.of("FETCH 1 FLAGS (CHANGEDSINCE 0)", fetch(false, set(1, 1), List.of(FLAGS), OptionalLong.of(0))),
                Arguments.of("STORE 7,3:9 (UNCHANGEDSINCE 9223372036854775807) +FLAGS.SILENT (\\Deleted)", new ImapCommand.Store(false,
                        set(3, 9), OptionalLong.of(Long.MAX_VALUE), ImapCommand.Store.Mode.ADD, true, List.of("\\Deleted"))),
                Arguments.of("SEARCH MODSEQ \"/flags/\\\\draft\" all 620162338", search(new SearchTerm.ModSeq(620162338))),
                Arguments.of("SEARCH LARGER 9223372036854775807", search(new SearchTerm.Larger(Long.MAX_VALUE))),
                Arguments.of("SEARCH SMALLER 5000000000", search(new SearchTerm.Smaller(5_000_000_000L))),
                Arguments.of("SEARCH OR NOT MODSEQ 720162338 LARGER 50000", search(new SearchTerm.Or(
                        new SearchTerm.Not(new SearchTerm.ModSeq(720162338)), new SearchTerm.Larger(50000)))),
                Arguments.of("CREATE Entw&APw-rfe", new ImapCommand.Create(new MailboxName("Entw\u00fcrfe"), List.of(), Optional.empty())),
                Arguments.of("RENAME blurdybloop sarasoop",
                        new ImapCommand.Rename(new MailboxName("blurdybloop"), new MailboxName("sarasoop"))),
                Arguments.of("STATUS blurdybloop (UIDNEXT MESSAGES)", new ImapCommand.Status(
                        new MailboxName("blurdybloop"), Set.of(StatusItem.UIDNEXT, StatusItem.MESSAGES))),
                Arguments.of("UID EXPUNGE 3000:3002", new ImapCommand.Expunge(Optional.of(set(3000, 3002)))),
                Arguments.of("FETCH 2:4 all", fetch(false, set(2, 4), List.of(FLAGS,
                        new FetchItem.InternalDate(), new FetchItem.Size(), new FetchItem.Envelope()), NONE)),
                Arguments.of("UID FETCH 4,2:3,*:1 (FLAGS BODY[])", fetch(true,
                        new SequenceSet(List.of(new SequenceSet.Range(1, SequenceSet.STAR), new SequenceSet.Range(2, 4))),
                        List.of(FLAGS, new FetchItem.Body(false, whole, Optional.empty())), NONE)),
                Arguments.of("FETCH 1 BODY.PEEK[4.1.MIME]<0.20>", fetch(false, set(1, 1), List.of(
                        new FetchItem.Body(true, new Section(List.of(4, 1), new Section.Kind.Mime()),
                                Optional.of(new FetchItem.Partial(0, 20)))), NONE)),
                Arguments.of("FETCH 1 BODY[HEADER.FIELDS (DATE \"FROM\")]", fetch(false, set(1, 1), List.of(
                        new FetchItem.Body(false, new Section(List.of(), new Section.Kind.Fields(false, List.of("DATE", "FROM"))),
                                Optional.empty())), NONE)),
                Arguments.of("FETCH 1 (PREVIEW UID PREVIEW (LAZY) FLAGS)", fetch(false, set(1, 1), List.of(new FetchItem.Preview(false),
                        new FetchItem.Uid(), new FetchItem.Preview(true), FLAGS), NONE)),
                Arguments.of("FETCH 1 preview (lazy) (CHANGEDSINCE 1)", fetch(false, set(1, 1), List.of(new FetchItem.Preview(true)),
                        OptionalLong.of(1))),
                Arguments.of("FETCH 1 (BINARY.PEEK[1.2]<3.4> BINARY[] BINARY.SIZE[2])", fetch(false, set(1, 1), List.of(
                        new FetchItem.Binary(true, new Section(List.of(1, 2), new Section.Kind.Whole()), Optional.of(new FetchItem.Partial(3, 4))),
                        new FetchItem.Binary(false, whole, Optional.empty()),
                        new FetchItem.BinarySize(new Section(List.of(2), new Section.Kind.Whole()))), NONE)),
                Arguments.of("FETCH 1 RFC822.TEXT", fetch(false, set(1, 1), List.of(
                        new FetchItem.Rfc822(new Section(List.of(), new Section.Kind.Text()), "RFC822.TEXT")), NONE)),
                Arguments.of("STORE 2:4 +FLAGS (\\Deleted)", new ImapCommand.Store(false, set(2, 4), NONE,
                        ImapCommand.Store.Mode.ADD, false, List.of("\\Deleted"))),
                Arguments.of("UID STORE 1 -flags.silent \\Seen work", new ImapCommand.Store(true, set(1, 1), NONE,
                        ImapCommand.Store.Mode.REMOVE, true, List.of("\\Seen", "work"))),
                Arguments.of("MOVE 4294967295 Trash", new ImapCommand.Move(false, set(4294967295L, 4294967295L), new MailboxName("Trash"))),
                Arguments.of("ID (\"name\" \"x\" \"os\" NIL)", new ImapCommand.Id(Map.of("name", "x", "os", ""))),
                Arguments.of("SEARCH FLAGGED SINCE 1-Feb-1994 NOT FROM \"Smith\"", search(new SearchTerm.And(List.of(
                        new SearchTerm.Flag("\\Flagged"),
                        new SearchTerm.InternalDay(Relation.SINCE, LocalDate.of(1994, 2, 1)),
                        new SearchTerm.Not(new SearchTerm.Header("FROM", "Smith")))))),
                Arguments.of("SEARCH OR (1:3 UNSEEN) HEADER X-Y \"\"", search(new SearchTerm.Or(
                        new SearchTerm.And(List.of(new SearchTerm.Numbers(set(1, 3)), new SearchTerm.Not(new SearchTerm.Flag("\\Seen")))),
                        new SearchTerm.Header("X-Y", "")))),
                Arguments.of("SEARCH CHARSET utf-8 TEXT {4}\r\n\u00fc\u00fc", new ImapCommand.Search(false, Optional.empty(), Optional.of("UTF-8"),
                        new SearchTerm.Text("\u00fc\u00fc"))),
                Arguments.of("UID SORT (SUBJECT REVERSE DisplayFrom) utf-8 UNSEEN", new ImapCommand.Sort(true, Optional.empty(), List.of(
                        new SortKey(SortKey.Name.SUBJECT, false), new SortKey(SortKey.Name.DISPLAYFROM, true)), Optional.of("UTF-8"),
                        new SearchTerm.Not(new SearchTerm.Flag("\\Seen")))),
                Arguments.of("SORT RETURN (PARTIAL -1:-3 SAVE) (SIZE) US-ASCII $", new ImapCommand.Sort(false, Optional.of(new ReturnOptions(
                        Set.of(ReturnOptions.Option.SAVE), Optional.of(new Page(true, 1, 3)))), List.of(new SortKey(SortKey.Name.SIZE, false)),
                        Optional.of("US-ASCII"), new SearchTerm.Numbers(SequenceSet.SAVED))),
                Arguments.of("THREAD references UTF-8 YOUNGER 10", new ImapCommand.Thread(false, ThreadAlgorithm.REFERENCES, Optional.of("UTF-8"),
                        new SearchTerm.Within(true, 10))),
                Arguments.of("SEARCH NEW SMALLER 10", search(new SearchTerm.And(List.of(new SearchTerm.And(List.of(
                        new SearchTerm.Recent(), new SearchTerm.Not(new SearchTerm.Flag("\\Seen")))), new SearchTerm.Smaller(10))))));
    }

    private static ImapCommand search(SearchTerm term) {
        return new ImapCommand.Search(false, Optional.empty(), Optional.empty(), term);
    }

    private static ImapCommand fetch(boolean uid, SequenceSet set, List<FetchItem> items, OptionalLong changedSince) {
        return new ImapCommand.Fetch(uid, set, items, new FetchModifiers(changedSince, false, Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandIsUnderstood(String octets, ImapCommand expected) {
        assertEquals(expected, command(octets));
    }

    // SAFETY row 34: no keyword that is not an atom
    @ParameterizedTest
    @ValueSource(strings = {"", "NONSENSE", "NOOP ", "NOOP x", "LOGIN a", "LOGIN a b c", "LOGIN \"a b", "LOGIN {4}\r\nab c",
        "SELECT", "SELECT a b", "SELECT &", "SELECT &AGE-", "SELECT \u00fc", "FETCH 0 FLAGS", "FETCH 1:0 FLAGS", "FETCH 1 ()",
        "FETCH 1 (FLAGS", "FETCH 1 BINARY", "FETCH 1 PREVIEW (EAGER)", "FETCH 1 (PREVIEW (LAZY LAZY))", "FETCH 1 BINARY[TEXT]", "FETCH 1 BINARY[1.MIME]", "FETCH 1 BINARY.SIZE[1]<0.1>", "FETCH 1 BODY[MIME]", "FETCH 1 BODY[1.]", "FETCH 1 BODY[]<1.0>", "FETCH 4294967296 FLAGS", "FETCH 1 BODY[0]",
        "FETCH 1 BODY[HEADER.FIELDS ()]", "FETCH 1 BODY[HEADER.FIELDS (\"a\r\nb\")]", "STORE 1 FLAGS (\\Recent)", "STORE 1 FLAGS (\\Foo)",
        "STORE 1 FLAGS (a", "STORE 1 FLAGS (a{b)", "SEARCH", "SEARCH BOGUS", "SEARCH OR SEEN", "SEARCH (SEEN", "SEARCH ON 32-Jan-2020",
        "SEARCH BEFORE 1-Foo-2020", "STATUS a ()", "STATUS a (FOO)", "APPEND a", "APPEND a (\\Seen)", "REPLACE 1 a", "REPLACE 1:2 a {1}", "UID REPLACE 1,3 a {1}", "REPLACE a {1}",
        "APPEND a \"01-Jan-2020 25:00:00 +0000\" {1}", "UID", "UID NOOP", "UID FETCH 1", "AUTHENTICATE", "ID", "ENABLE", "ENABLE ", "SELECT a ()", "SELECT a (QRESYNC)", "SELECT a (QRESYNC (1))", "SELECT a (QRESYNC (0 1))", "SELECT a (QRESYNC (1 x))",
        "SELECT a (QRESYNC (1 2 1:*))", "SELECT a (QRESYNC (1 2 1:2 (1:2 1)))", "SELECT a (QRESYNC (1 2 (1 *)))", "SELECT a (QRESYNC (1 2 3) QRESYNC (1 2 3))",
        "FETCH 1 FLAGS (CHANGEDSINCE 1 VANISHED)", "UID FETCH 1 FLAGS (VANISHED)", "SELECT a (CONDSTORE", "SELECT a (CONDSTORE)x",
        "FETCH 1 FLAGS ", "FETCH 1 FLAGS ()", "FETCH 1 FLAGS (CHANGEDSINCE)", "FETCH 1 FLAGS (CHANGEDSINCE x)", "FETCH 1 (FLAGS) (VANISHED)",
        "FETCH 1 FLAGS (CHANGEDSINCE 9223372036854775808)", "FETCH 1 FLAGS (CHANGEDSINCE 1 CHANGEDSINCE 2)", "STORE 1 (UNCHANGEDSINCE 1)",
        "STORE 1 () FLAGS (a)", "STORE 1 (UNCHANGEDSINCE -1) FLAGS (a)", "SEARCH MODSEQ", "SEARCH MODSEQ x", "SEARCH MODSEQ \"/flags/a\" 1",
        "SEARCH MODSEQ \"/flags/a\" some 1", "SEARCH MODSEQ \"/comment\" all 1", "ID (\"a\")", "STARTTLS x"})
    void nonsenseIsMalformedButKeepsItsTag(String octets) {
        assertEquals("a1", assertInstanceOf(ImapCommand.Malformed.class, parse("a1 " + octets)).tag());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "+ NOOP", "a", "{3}", "\u00fc NOOP", "(a) NOOP"})
    void withoutTagTheReplyIsUntagged(String octets) {
        String tag = assertInstanceOf(ImapCommand.Malformed.class, parse(octets)).tag();
        assertTrue(tag.equals("*") || tag.equals("a"));
    }

    /** RFC 6855 §3: what is a name in modified UTF-7 is one in UTF-8 as it stands, and the other way round not even that. */
    @Test
    void namesAreInUtf8OnceThatIsOn() {
        assertEquals(new ImapCommand.Tagged("a1", new ImapCommand.Create(new MailboxName("Entw\u00fcrfe"), List.of(), Optional.empty())),
                CommandParser.parse("a1 CREATE \"Entw\u00fcrfe\"".getBytes(StandardCharsets.UTF_8), true));
        assertEquals(new ImapCommand.Tagged("a1", new ImapCommand.Create(new MailboxName("Entw&APw-rfe"), List.of(), Optional.empty())),
                CommandParser.parse("a1 CREATE Entw&APw-rfe".getBytes(StandardCharsets.UTF_8), true));
        assertEquals("a1", assertInstanceOf(ImapCommand.Malformed.class,
                CommandParser.parse("a1 CREATE \"\u00fc\"".getBytes(StandardCharsets.ISO_8859_1), true)).tag());
        assertInstanceOf(ImapCommand.Malformed.class, CommandParser.parse("a1 CREATE Entw\u00fcrfe".getBytes(StandardCharsets.UTF_8), true));
    }

    // SAFETY row 15
    @Test
    void nestingIsBounded() {
        String deep = "SEARCH " + "(".repeat(60) + "ALL" + ")".repeat(60);
        assertInstanceOf(ImapCommand.Malformed.class, parse("a1 " + deep));
        assertInstanceOf(ImapCommand.Malformed.class, parse("a1 SEARCH " + "NOT ".repeat(30_000) + "ALL"));
        assertInstanceOf(ImapCommand.Malformed.class, parse("a1 SEARCH" + " ALL".repeat(5000)));
    }

    // SAFETY row 15
    @Test
    void idParametersAreBounded() {
        assertInstanceOf(ImapCommand.Malformed.class, parse("a1 ID (" + "\"a%d\" NIL ".repeat(1).strip() + manyParameters() + ")"));
        assertInstanceOf(ImapCommand.Malformed.class, parse("a1 ID (\"" + "f".repeat(31) + "\" NIL)"));
        assertInstanceOf(ImapCommand.Malformed.class, parse("a1 ID (\"f\" \"" + "v".repeat(1025) + "\")"));
        assertInstanceOf(ImapCommand.Tagged.class, parse("a1 ID (\"" + "f".repeat(30) + "\" \"" + "v".repeat(1024) + "\")"));
    }

    private static String manyParameters() {
        StringBuilder parameters = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            parameters.append(" \"k").append(i).append("\" NIL");
        }
        return parameters.toString();
    }

    @Test
    void passwordIsNotPrinted() {
        assertEquals("Login[user=u]", new ImapCommand.Login("u", "secret").toString());
    }
}
