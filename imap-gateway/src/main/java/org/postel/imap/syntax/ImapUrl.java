package org.postel.imap.syntax;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The relative URL of a message or of a part of it (RFC 5092 §5, as RFC 4469 §3 takes it): {@code /mailbox;UIDVALIDITY=n/;UID=n},
 * then perhaps {@code /;SECTION=section} and {@code /;PARTIAL=first.length}.
 *
 * @param mailbox empty: the selected one
 */
public record ImapUrl(Optional<MailboxName> mailbox, OptionalLong uidValidity, long uid, Section section,
        Optional<FetchItem.Partial> partial) {

    /** Octets: more than any message has. */
    private static final long ALL = 0xFFFF_FFFFL;

    /** Reads one; names are in UTF-8, their octets escaped with %. */
    public static ImapUrl parse(String url) throws SyntaxException {
        if (url.chars().anyMatch(octet -> octet >= 0x80)) {
            // RFC 5092 §11 has them escaped; in upper case a letter may become two.
            throw new SyntaxException("A character that is not escaped");
        }
        int uid = url.toUpperCase(Locale.ROOT).indexOf(";UID=");
        if (uid < 0 || uid > 0 && (url.charAt(0) != '/' || url.charAt(uid - 1) != '/')) {
            throw new SyntaxException("Not the URL of a message");
        }
        Section section = new Section(List.of(), new Section.Kind.Whole());
        Optional<FetchItem.Partial> partial = Optional.empty();
        String[] after = url.substring(uid + 1).split("/;", -1);
        for (int i = 1; i < after.length; i++) {
            String parameter = after[i].toUpperCase(Locale.ROOT);
            if (i == 1 && parameter.startsWith("SECTION=")) {
                section = section(after[i].substring("SECTION=".length()));
            } else if (i == after.length - 1 && parameter.startsWith("PARTIAL=")) {
                partial = Optional.of(partial(parameter.substring("PARTIAL=".length())));
            } else {
                throw new SyntaxException("Unknown part of a URL");
            }
        }
        Where where = uid <= 1 ? new Where(Optional.empty(), OptionalLong.empty()) : where(url.substring(1, uid - 1));
        return new ImapUrl(where.mailbox, where.uidValidity, number(after[0].substring("UID=".length())), section, partial);
    }

    private record Where(Optional<MailboxName> mailbox, OptionalLong uidValidity) {
    }

    /** {@code enc-mailbox [";UIDVALIDITY=" nz-number]}. */
    private static Where where(String text) throws SyntaxException {
        int validity = text.toUpperCase(Locale.ROOT).lastIndexOf(";UIDVALIDITY=");
        String name = validity < 0 ? text : text.substring(0, validity);
        OptionalLong number = validity < 0 ? OptionalLong.empty() : OptionalLong.of(number(text.substring(validity + ";UIDVALIDITY=".length())));
        return new Where(Optional.of(new MailboxName(Cursor.utf8(unescaped(name)))), number);
    }

    private static Section section(String text) throws SyntaxException {
        Cursor cursor = new Cursor(unescaped(text));
        Section section = new FetchParser(cursor).section();
        cursor.end();
        return section;
    }

    /** {@code number ["." nz-number]}: without a length, all from there on. */
    private static FetchItem.Partial partial(String text) throws SyntaxException {
        Cursor cursor = cursor(text);
        long first = cursor.number();
        long length = cursor.accept('.') ? cursor.nzNumber() : ALL;
        cursor.end();
        return new FetchItem.Partial(first, length);
    }

    private static long number(String text) throws SyntaxException {
        Cursor cursor = cursor(text);
        long number = cursor.nzNumber();
        cursor.end();
        return number;
    }

    private static Cursor cursor(String text) {
        return new Cursor(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] unescaped(String text) throws SyntaxException {
        byte[] escaped = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream octets = new ByteArrayOutputStream(escaped.length);
        for (int i = 0; i < escaped.length; i++) {
            if (escaped[i] != '%') {
                octets.write(escaped[i]);
                continue;
            }
            int high = i + 2 < escaped.length ? Character.digit(escaped[i + 1], 16) : -1;
            int low = i + 2 < escaped.length ? Character.digit(escaped[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw new SyntaxException("Unfinished escape in a URL");
            }
            octets.write(16 * high + low);
            i += 2;
        }
        return octets.toByteArray();
    }
}
