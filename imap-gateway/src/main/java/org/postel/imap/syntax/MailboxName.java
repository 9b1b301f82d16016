package org.postel.imap.syntax;

import java.text.Normalizer;
import java.util.Locale;

/**
 * A mailbox's name in Unicode, NFC, its levels parted by {@link #SEPARATOR}. {@code INBOX} is INBOX in any case, also as the
 * first level (RFC 3501 §5.1 says so of the whole name only; two inboxes in a client's tree would help nobody).
 */
public record MailboxName(String text) {

    /** The hierarchy separator. */
    public static final char SEPARATOR = '/';

    /** Where mail arrives. */
    public static final MailboxName INBOX = new MailboxName("INBOX");

    /** The most UTF-16 units a name may have. */
    static final int LONGEST = 1000;

    public MailboxName {
        text = inboxInUpperCase(Normalizer.normalize(text, Normalizer.Form.NFC));
    }

    private static String inboxInUpperCase(String name) {
        int end = name.indexOf(SEPARATOR) < 0 ? name.length() : name.indexOf(SEPARATOR);
        return name.substring(0, end).toUpperCase(Locale.ROOT).equals("INBOX") ? "INBOX" + name.substring(end) : name;
    }

    /** Without the separator at its end, which says that inferiors will follow (RFC 3501 §6.3.3). */
    public MailboxName withoutTrailingSeparator() {
        return text.length() > 1 && text.charAt(text.length() - 1) == SEPARATOR
                ? new MailboxName(text.substring(0, text.length() - 1))
                : this;
    }

    /** Whether a mailbox may be created under this name: no empty or dotted level, no control character, not over-long. */
    public boolean creatable() {
        if (text.isEmpty() || text.length() > LONGEST || text.codePoints().anyMatch(MailboxName::harmful)) {
            return false;
        }
        for (String level : text.split(String.valueOf(SEPARATOR), -1)) {
            if (level.isBlank() || level.equals(".") || level.equals("..")) {
                return false;
            }
        }
        return text.indexOf('%') < 0 && text.indexOf('*') < 0;
    }

    /** Controls, line and direction marks: they would show one name and mean another. */
    private static boolean harmful(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE, Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    /** Whether it lies in the other users' namespace (RFC 2342). */
    public boolean ofOtherUsers() {
        return text.equals("Other Users") || text.startsWith("Other Users/");
    }

    public boolean isInbox() {
        return text.equals("INBOX");
    }

    /** As it goes over the wire. */
    public String wire() {
        return ModifiedUtf7.encode(text);
    }
}
