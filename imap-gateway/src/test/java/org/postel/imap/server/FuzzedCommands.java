package org.postel.imap.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Random commands after the grammar of RFC 3501 §9 and of the extensions, and the same damaged. Without tag and CRLF. */
final class FuzzedCommands {

    private static final List<String> NAMES = List.of("INBOX", "inbox", "Drafts", "\"Sent\"", "Trash", "New", "New/Er", "&AOk-", "\"a b\"", "Nowhere");
    private static final List<String> FLAGS = List.of("\\Seen", "\\Deleted", "\\Answered", "\\Flagged", "\\Draft", "$Forwarded", "work");
    private static final List<String> ITEMS = List.of("FLAGS", "UID", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODY", "BODYSTRUCTURE",
            "MODSEQ", "BODY.PEEK[]", "BODY[]", "BODY.PEEK[HEADER]", "BODY.PEEK[1]", "BODY.PEEK[1.MIME]", "BODY.PEEK[TEXT]<0.7>",
            "BODY.PEEK[HEADER.FIELDS (Subject \"From\")]", "BODY.PEEK[HEADER.FIELDS.NOT (To)]", "RFC822", "RFC822.HEADER", "RFC822.TEXT");
    private static final List<String> KEYS = List.of("ALL", "SEEN", "UNSEEN", "DELETED", "NEW", "OLD", "RECENT", "KEYWORD work", "LARGER 10",
            "SMALLER 999", "SINCE 1-Jan-2020", "SENTBEFORE \"2-Feb-2031\"", "SUBJECT hi", "FROM \"bob\"", "HEADER X-A \"\"", "BODY text",
            "TEXT Text", "UID 1:*", "1:2", "MODSEQ 2");
    private static final List<String> EVENTS = List.of("NONE", "(MessageNew MessageExpunge)", "(MessageExpunge FlagChange MessageNew)",
            "(MailboxName)", "(SubscriptionChange MailboxName)");
    private static final String SPECIAL = "(){}[]\"\\*%,: <>.+-~\r\n\0\t";

    private final Random random;

    FuzzedCommands(Random random) {
        this.random = random;
    }

    /** One that is well-formed, whatever the state. */
    String wellFormed() {
        return switch (random.nextInt(33)) {
            case 0 -> "CAPABILITY";
            case 1 -> "NOOP";
            case 2 -> "ID " + one(List.of("NIL", "()", "(\"name\" \"x\" \"os\" NIL)"));
            case 3 -> "LOGIN alice@example.test " + one(List.of("secret", "\"secret\"", "wrong"));
            case 4 -> "ENABLE " + one(List.of("CONDSTORE", "X-Y", "CONDSTORE IDLE"));
            case 5 -> one(List.of("SELECT ", "EXAMINE ")) + name() + one(List.of("", " (CONDSTORE)"));
            case 6, 7 -> "SELECT INBOX";
            case 8 -> "CREATE " + name();
            case 9 -> "DELETE " + name();
            case 10 -> "RENAME " + name() + " " + name();
            case 11 -> one(List.of("SUBSCRIBE ", "UNSUBSCRIBE ")) + name();
            case 12 -> one(List.of("LIST ", "LSUB ")) + one(List.of("\"\"", "x", "New/")) + " " + one(List.of("*", "%", "\"\"", "\"N%/E*\"", "INBOX"));
            case 13 -> "NAMESPACE";
            case 14 -> "STATUS " + name() + " (" + some(List.of("MESSAGES", "RECENT", "UIDNEXT", "UIDVALIDITY", "UNSEEN", "HIGHESTMODSEQ"), " ") + ")";
            case 15 -> "CHECK";
            case 16 -> one(List.of("CLOSE", "UNSELECT"));
            case 17 -> one(List.of("EXPUNGE", "UID EXPUNGE " + set()));
            case 18, 19 -> uid() + "SEARCH " + one(List.of("", "", "RETURN (UPDATE COUNT) ", "RETURN (SAVE CONTEXT) ")) + one(List.of("", "CHARSET UTF-8 ")) + key(3);
            case 20, 21, 22 -> uid() + "FETCH " + set() + " " + one(List.of("ALL", "FAST", "FULL", "(" + some(ITEMS, " ") + ")", "FLAGS"))
                    + one(List.of("", "", " (CHANGEDSINCE 2)"));
            case 23, 24 -> uid() + "STORE " + set() + " " + one(List.of("", "(UNCHANGEDSINCE 3) ")) + one(List.of("", "+", "-"))
                    + one(List.of("FLAGS ", "FLAGS.SILENT ")) + one(List.of("()", "(" + some(FLAGS, " ") + ")", "work \\Seen"));
            case 25 -> uid() + one(List.of("COPY ", "MOVE ")) + set() + " " + name();
            case 26 -> "APPEND " + name() + one(List.of(" ", " (\\Seen) ", " \"01-Jan-2020 00:00:00 +0000\" ")) + literal(random.nextInt(200));
            case 27 -> "NOTIFY " + one(List.of("NONE", "SET " + one(List.of("", "STATUS ")) + one(List.of("", "(SELECTED (MessageNew (UID ENVELOPE) MessageExpunge)) "))
                    + "(" + one(List.of("personal", "subscribed", "inboxes", "subtree New", "mailboxes (INBOX " + name() + ")")) + " " + one(EVENTS) + ")"));
            case 28 -> "UNAUTHENTICATE";
            case 29 -> "COMPRESS LZ4";
            case 31 -> "ESEARCH IN (" + one(List.of("personal", "subscribed inboxes", "subtree New", "subtree-one (New " + name() + ")", "mailboxes " + name())) + ") "
                    + one(List.of("", "RETURN (MIN COUNT) ")) + key(2);
            case 30 -> "CANCELUPDATE \"a1\" \"b\"";
            default -> "STATUS INBOX (MESSAGES)";
        };
    }

    /** The same with some octets changed, left out, doubled or put in. */
    String damaged() {
        StringBuilder damaged = new StringBuilder();
        int rate = 5 + random.nextInt(60);
        for (char octet : (random.nextInt(8) == 0 ? noise() : wellFormed()).toCharArray()) {
            switch (random.nextInt(rate)) {
                case 0 -> damaged.append((char) random.nextInt(256));
                case 1 -> damaged.append(SPECIAL.charAt(random.nextInt(SPECIAL.length())));
                case 2 -> { }
                case 3 -> damaged.append(octet).append(octet);
                default -> damaged.append(octet);
            }
        }
        return damaged.toString();
    }

    private String noise() {
        byte[] octets = new byte[random.nextInt(300)];
        random.nextBytes(octets);
        return one(List.of("AUTHENTICATE PLAIN ", "FETCH 1 (", "SEARCH ((((((((", "ID (", "", "UID ", "IDLE", "NOTIFY SET ("))
                + new String(octets, StandardCharsets.ISO_8859_1).repeat(random.nextInt(6) == 0 ? 30 : 1);
    }

    private String name() {
        return random.nextInt(5) == 0 ? literal(1 + random.nextInt(4)) : one(NAMES);
    }

    private String literal(int size) {
        StringBuilder text = new StringBuilder("{" + size + one(List.of("", "+")) + "}\r\n");
        random.ints(size, 'a', 'z').forEach(letter -> text.append((char) letter));
        return text.toString();
    }

    private String set() {
        return one(List.of("1", "*", "1:*", "2,1", "3:1,5", "1:4294967295", "4294967295"));
    }

    private String uid() {
        return one(List.of("", "UID "));
    }

    private String key(int depth) {
        if (depth == 0 || random.nextInt(3) > 0) {
            return one(KEYS);
        }
        Supplier<String> deeper = () -> key(depth - 1);
        return one(List.of("NOT " + deeper.get(), "OR " + deeper.get() + " " + deeper.get(), "(" + deeper.get() + " " + deeper.get() + ")"));
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String some(List<String> of, String between) {
        StringBuilder some = new StringBuilder(one(of));
        for (int more = random.nextInt(4); more > 0; more--) {
            some.append(between).append(one(of));
        }
        return some.toString();
    }
}
