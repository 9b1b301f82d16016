package org.postel.imap.syntax;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The octets of one command, found by {@link CommandAssembly}, to its meaning: {@code command} of RFC 3501 §9. */
public final class CommandParser {

    /** RFC 2971 §3.3. */
    private static final int MOST_ID_PAIRS = 30;
    private static final int LONGEST_ID_FIELD = 30;
    private static final int LONGEST_ID_VALUE = 1024;

    private final Cursor cursor;

    private CommandParser(byte[] octets, boolean utf8) {
        cursor = new Cursor(octets, utf8);
    }

    /** As {@link #parse(byte[], boolean)}, with names in modified UTF-7. */
    public static ImapCommand.Line parse(byte[] octets) {
        return parse(octets, false);
    }

    /**
     * {@code command = tag SP (command-any / command-auth / command-nonauth / command-select) CRLF}.
     *
     * @param utf8 whether names of mailboxes are in UTF-8 (RFC 6855 §3)
     */
    public static ImapCommand.Line parse(byte[] octets, boolean utf8) {
        CommandParser parser = new CommandParser(octets, utf8);
        String tag = "*";
        try {
            tag = parser.cursor.word(Characters::tag, "a tag");
            parser.cursor.sp();
            return new ImapCommand.Tagged(tag, parser.command());
        } catch (SyntaxException e) {
            return new ImapCommand.Malformed(tag, e.getMessage());
        }
    }

    private ImapCommand command() throws SyntaxException {
        String verb = cursor.keyword();
        ImapCommand command = switch (verb) {
            case "CAPABILITY" -> new ImapCommand.Capability();
            case "NOOP" -> new ImapCommand.Noop();
            case "LOGOUT" -> new ImapCommand.Logout();
            case "STARTTLS" -> new ImapCommand.StartTls();
            case "NAMESPACE" -> new ImapCommand.Namespace();
            case "IDLE" -> new ImapCommand.Idle();
            case "CHECK" -> new ImapCommand.Check();
            case "CLOSE" -> new ImapCommand.Close();
            case "UNAUTHENTICATE" -> new ImapCommand.Unauthenticate();
            case "UNSELECT" -> new ImapCommand.Unselect();
            case "EXPUNGE" -> new ImapCommand.Expunge(Optional.empty());
            default -> withArguments(verb);
        };
        if (!(command instanceof ImapCommand.Append || command instanceof ImapCommand.Replace)) {
            // Those go on after the literal that the line ends with.
            cursor.end();
        }
        return command;
    }

    private ImapCommand withArguments(String verb) throws SyntaxException {
        return switch (verb) {
            case "ID" -> id();
            case "AUTHENTICATE" -> authenticate();
            case "NOTIFY" -> new NotifyParser(cursor).command();
            case "COMPRESS" -> new ImapCommand.Compress(algorithm());
            case "ENABLE" -> new ImapCommand.Enable(extensions());
            case "LOGIN" -> new ImapCommand.Login(text(), text());
            case "SELECT" -> SelectParser.select(cursor);
            case "EXAMINE" -> SelectParser.examine(cursor);
            case "CREATE" -> CreateParser.create(cursor);
            case "DELETE" -> new ImapCommand.Delete(mailbox());
            case "RENAME" -> new ImapCommand.Rename(mailbox(), mailbox());
            case "SUBSCRIBE" -> new ImapCommand.Subscribe(mailbox());
            case "UNSUBSCRIBE" -> new ImapCommand.Unsubscribe(mailbox());
            case "LIST" -> new ListParser(cursor).list();
            case "LSUB" -> new ImapCommand.Lsub(reference(), pattern());
            case "STATUS" -> new ImapCommand.Status(mailbox(), statusItems());
            case "GETQUOTA", "GETQUOTAROOT", "SETQUOTA" -> QuotaParser.quota(verb, cursor);
            case "GETACL", "SETACL", "DELETEACL", "LISTRIGHTS", "MYRIGHTS" -> AclParser.acl(verb, cursor);
            case "GETMETADATA" -> new MetadataParser(cursor).get();
            case "SETMETADATA" -> new MetadataParser(cursor).set();
            case "APPEND" -> AppendParser.append(cursor);
            case "ESEARCH" -> new SearchParser(cursor, true).esearch();
            case "CANCELUPDATE" -> new ImapCommand.CancelUpdate(tags());
            default -> onMessages(verb);
        };
    }

    private ImapCommand onMessages(String verb) throws SyntaxException {
        if (!verb.equals("UID")) {
            return onMessages(verb, false);
        }
        cursor.sp();
        return onMessages(cursor.keyword(), true);
    }

    /** {@code copy / fetch / store / search / uid}. */
    private ImapCommand onMessages(String verb, boolean uid) throws SyntaxException {
        return switch (verb) {
            case "SEARCH" -> new SearchParser(cursor, uid).search();
            case "SORT" -> new SortParser(cursor, uid).sort();
            case "THREAD" -> new SortParser(cursor, uid).thread();
            case "FETCH" -> fetch(uid);
            case "STORE" -> store(uid);
            case "REPLACE" -> AppendParser.replace(cursor, uid);
            case "COPY" -> new ImapCommand.Copy(uid, set(), mailbox());
            case "MOVE" -> new ImapCommand.Move(uid, set(), mailbox());
            case "EXPUNGE" -> new ImapCommand.Expunge(Optional.of(set()));
            default -> throw new SyntaxException("Unknown command");
        };
    }

    private SequenceSet set() throws SyntaxException {
        cursor.sp();
        return SequenceSetParser.sequenceSet(cursor);
    }

    /** {@code fetch = "FETCH" SP sequence-set SP (... / fetch-att / ...) [fetch-modifiers]} (RFC 4466 §2.4). */
    private ImapCommand fetch(boolean uid) throws SyntaxException {
        SequenceSet set = set();
        cursor.sp();
        List<FetchItem> items = new FetchParser(cursor).items();
        FetchModifiers modifiers = cursor.accept(' ') ? FetchModifiers.parse(cursor, uid) : FetchModifiers.NONE;
        return new ImapCommand.Fetch(uid, set, items, modifiers);
    }

    /** {@code store = "STORE" SP sequence-set [store-modifiers] SP store-att-flags} (RFC 4466 §2.5). */
    private ImapCommand store(boolean uid) throws SyntaxException {
        SequenceSet set = set();
        cursor.sp();
        OptionalLong since = OptionalLong.empty();
        if (cursor.peek() == '(') {
            since = OptionalLong.of(unchangedSince());
            cursor.sp();
        }
        ImapCommand.Store.Mode mode = ImapCommand.Store.Mode.SET;
        if (cursor.accept('+')) {
            mode = ImapCommand.Store.Mode.ADD;
        } else if (cursor.accept('-')) {
            mode = ImapCommand.Store.Mode.REMOVE;
        }
        String item = cursor.keyword();
        if (!item.equals("FLAGS") && !item.equals("FLAGS.SILENT")) {
            throw new SyntaxException("Expected FLAGS");
        }
        cursor.sp();
        return new ImapCommand.Store(uid, set, since, mode, item.equals("FLAGS.SILENT"), FlagParser.storeFlags(cursor));
    }

    /** {@code "(" "UNCHANGEDSINCE" SP mod-sequence-valzer ")"} (RFC 7162 §7): the one modifier of STORE. */
    private long unchangedSince() throws SyntaxException {
        cursor.expect('(');
        if (!cursor.acceptWord("UNCHANGEDSINCE ")) {
            throw new SyntaxException("Unknown modifier");
        }
        long modSequence = cursor.modSequence();
        cursor.expect(')');
        return modSequence;
    }

    /** {@code compress = "COMPRESS" SP algorithm} (RFC 4978 §5). */
    private String algorithm() throws SyntaxException {
        cursor.sp();
        return cursor.keyword();
    }

    /** {@code enable = "ENABLE" 1*(SP capability)} (RFC 5161 §4). */
    private Set<String> extensions() throws SyntaxException {
        Set<String> extensions = new LinkedHashSet<>();
        cursor.sp();
        do {
            extensions.add(cursor.keyword());
        } while (cursor.accept(' '));
        return extensions;
    }

    /** {@code "CANCELUPDATE" 1*(SP quoted)} (RFC 5267 §5). */
    private Set<String> tags() throws SyntaxException {
        Set<String> tags = new LinkedHashSet<>();
        do {
            cursor.sp();
            if (cursor.peek() != '"') {
                throw new SyntaxException("Expected tags in quotes");
            }
            tags.add(latin(cursor.string()));
        } while (!cursor.atEnd());
        return tags;
    }

    /** {@code mailbox = "INBOX" / astring}. */
    private MailboxName mailbox() throws SyntaxException {
        cursor.sp();
        return new MailboxName(cursor.mailbox());
    }

    private String text() throws SyntaxException {
        cursor.sp();
        return cursor.text();
    }

    private byte[] reference() throws SyntaxException {
        cursor.sp();
        return cursor.astring();
    }

    private byte[] pattern() throws SyntaxException {
        cursor.sp();
        return cursor.listMailbox();
    }

    /** {@code "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")"}. */
    private Set<StatusItem> statusItems() throws SyntaxException {
        cursor.sp();
        return ListParser.statusItems(cursor);
    }

    /** {@code authenticate = "AUTHENTICATE" SP auth-type [SP (base64 / "=")]} (RFC 4959 §3). */
    private ImapCommand authenticate() throws SyntaxException {
        cursor.sp();
        String mechanism = cursor.keyword();
        if (cursor.atEnd()) {
            return new ImapCommand.Authenticate(mechanism, Optional.empty());
        }
        cursor.sp();
        return new ImapCommand.Authenticate(mechanism, Optional.of(cursor.word(octet -> octet > ' ', "base64")));
    }

    /** {@code id_params_list = "(" *(string SP nstring) ")" / nil} (RFC 2971 §4). */
    private ImapCommand id() throws SyntaxException {
        cursor.sp();
        if (cursor.acceptWord("NIL")) {
            return new ImapCommand.Id(Map.of());
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        cursor.expect('(');
        while (!cursor.accept(')')) {
            if (!parameters.isEmpty()) {
                cursor.sp();
            }
            String field = Cursor.utf8(cursor.string()).toLowerCase(Locale.ROOT);
            cursor.sp();
            parameters.put(field, cursor.acceptWord("NIL") ? "" : latin(cursor.string()));
            if (parameters.size() > MOST_ID_PAIRS || field.length() > LONGEST_ID_FIELD || parameters.get(field).length() > LONGEST_ID_VALUE) {
                throw new SyntaxException("Too many parameters, or too long ones");
            }
        }
        return new ImapCommand.Id(parameters);
    }

    private static String latin(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
