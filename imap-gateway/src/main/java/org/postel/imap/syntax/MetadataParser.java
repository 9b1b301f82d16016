package org.postel.imap.syntax;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.postel.imap.syntax.MetadataCommand.Depth;

/** {@code getmetadata / setmetadata} (RFC 5464 §5). */
final class MetadataParser {

    private static final int MOST_ENTRIES = 100;
    private static final int LONGEST_NAME = 200;

    private final Cursor cursor;
    private Depth depth = Depth.ZERO;
    private OptionalLong maxSize = OptionalLong.empty();

    MetadataParser(Cursor cursor) {
        this.cursor = cursor;
    }

    /**
     * {@code "GETMETADATA" [SP getmetadata-options] SP mailbox SP entries}; the RFC's own examples have the options after the mailbox,
     * which is taken too.
     */
    ImapCommand.Metadata get() throws SyntaxException {
        cursor.sp();
        options();
        Optional<MailboxName> mailbox = mailbox();
        cursor.sp();
        if (cursor.peek() == '(' && (cursor.startsWith("(MAXSIZE ") || cursor.startsWith("(DEPTH "))) {
            options();
        }
        return new ImapCommand.Metadata(new MetadataCommand.GetMetadata(mailbox, entries(), depth, maxSize));
    }

    /** {@code "(" getmetadata-option *(SP getmetadata-option) ")" SP}, if it is there. */
    private void options() throws SyntaxException {
        if (!cursor.accept('(')) {
            return;
        }
        do {
            switch (cursor.keyword()) {
                case "MAXSIZE" -> {
                    cursor.sp();
                    maxSize = OptionalLong.of(cursor.number());
                }
                case "DEPTH" -> {
                    cursor.sp();
                    depth = depth(cursor.keyword());
                }
                default -> throw new SyntaxException("Unknown option");
            }
        } while (cursor.accept(' '));
        cursor.expect(')');
        cursor.sp();
    }

    private static Depth depth(String word) throws SyntaxException {
        return switch (word) {
            case "0" -> Depth.ZERO;
            case "1" -> Depth.ONE;
            case "INFINITY" -> Depth.INFINITY;
            default -> throw new SyntaxException("Unknown depth");
        };
    }

    /** {@code "SETMETADATA" SP mailbox SP "(" entry-value *(SP entry-value) ")"}. */
    ImapCommand.Metadata set() throws SyntaxException {
        cursor.sp();
        Optional<MailboxName> mailbox = mailbox();
        cursor.sp();
        cursor.expect('(');
        Map<String, Optional<byte[]>> entries = new LinkedHashMap<>();
        do {
            String name = entry();
            cursor.sp();
            entries.put(name, value());
            limit(entries.size());
        } while (cursor.accept(' '));
        cursor.expect(')');
        return new ImapCommand.Metadata(new MetadataCommand.SetMetadata(mailbox, entries));
    }

    /** {@code value = nstring / literal8}; NUL, which only the latter may have, is refused. */
    private Optional<byte[]> value() throws SyntaxException {
        if (cursor.acceptWord("NIL")) {
            return Optional.empty();
        }
        cursor.accept('~');
        return Optional.of(cursor.string());
    }

    /** {@code entries = entry / "(" entry *(SP entry) ")"}. */
    List<String> entries() throws SyntaxException {
        if (!cursor.accept('(')) {
            return List.of(entry());
        }
        List<String> entries = new ArrayList<>();
        do {
            entries.add(entry());
            limit(entries.size());
        } while (cursor.accept(' '));
        cursor.expect(')');
        return List.copyOf(entries);
    }

    private static void limit(int entries) throws SyntaxException {
        if (entries > MOST_ENTRIES) {
            throw new SyntaxException("Too many entries");
        }
    }

    /** {@code entry = astring}: "slash-separated path"; RFC 5464 §4.1 forbids the rest. */
    private String entry() throws SyntaxException {
        String name = cursor.text().toLowerCase(Locale.ROOT);
        boolean printable = name.chars().allMatch(letter -> letter > ' ' && letter < 127 && letter != '*' && letter != '%');
        if (!name.startsWith("/") || !printable || name.endsWith("/") || name.contains("//") || name.length() > LONGEST_NAME) {
            throw new SyntaxException("Not the name of an entry");
        }
        return name;
    }

    /** The empty name stands for the server. */
    private Optional<MailboxName> mailbox() throws SyntaxException {
        String name = cursor.mailbox();
        return name.isEmpty() ? Optional.empty() : Optional.of(new MailboxName(name));
    }
}
