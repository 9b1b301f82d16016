package org.postel.imap.syntax;

import java.util.HashSet;
import java.util.Set;

/** {@code filter-mailboxes} of RFC 5465 §8, and of RFC 7377 §4 for ESEARCH: all of one command. */
final class FilterParser {

    /** In all filters of a command together. */
    private static final int MOST_NAMES = 1000;

    private final Cursor cursor;
    private int count;

    FilterParser(Cursor cursor) {
        this.cursor = cursor;
    }

    /** As NOTIFY has it. */
    NotifyFilter ofNotify() throws SyntaxException {
        String name = cursor.keyword();
        return name.equals("SELECTED-DELAYED") ? new NotifyFilter.Selected(true) : filter(name);
    }

    /** As ESEARCH has it: RFC 7377 §2.2. */
    NotifyFilter ofSearch() throws SyntaxException {
        String name = cursor.keyword();
        return name.equals("SUBTREE-ONE") ? new NotifyFilter.SubtreeOne(names()) : filter(name);
    }

    private NotifyFilter filter(String name) throws SyntaxException {
        return switch (name) {
            case "SELECTED" -> new NotifyFilter.Selected(false);
            case "INBOXES", "PERSONAL" -> new NotifyFilter.Personal();
            case "SUBSCRIBED" -> new NotifyFilter.Subscribed();
            case "SUBTREE" -> new NotifyFilter.Subtree(names());
            case "MAILBOXES" -> new NotifyFilter.Mailboxes(names());
            default -> throw new SyntaxException("Unknown mailbox specifier");
        };
    }

    /** {@code one-or-more-mailbox = mailbox / "(" mailbox *(SP mailbox) ")"}. */
    private Set<String> names() throws SyntaxException {
        cursor.sp();
        if (!cursor.accept('(')) {
            return Set.of(name());
        }
        Set<String> names = new HashSet<>();
        do {
            names.add(name());
        } while (cursor.accept(' '));
        cursor.expect(')');
        return Set.copyOf(names);
    }

    private String name() throws SyntaxException {
        if (++count > MOST_NAMES) {
            throw new SyntaxException("Too many mailboxes");
        }
        return new MailboxName(cursor.mailbox()).text();
    }
}
