package org.postel.imap.syntax;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code "{" number ["+"] "}"} at the end of a line: so many octets follow, after our go-ahead when {@code synchronising}, at
 * once when not (RFC 7888). With {@code ~} before it a literal8, which may have NUL octets (RFC 3516 §4.4).
 */
public record LiteralHeader(long size, boolean synchronising, boolean binary) {

    private static final Pattern AT_END = Pattern.compile("(~?)\\{(\\d+)(\\+?)}$");
    private static final int MOST_DIGITS = 18;
    private static final int LONGEST = 64;

    /** The literal announced at the end of a line, if there is one. */
    public static Optional<LiteralHeader> atEndOf(byte[] line) {
        int from = Math.max(0, line.length - LONGEST);
        Matcher found = AT_END.matcher(new String(line, from, line.length - from, StandardCharsets.ISO_8859_1));
        if (!found.find()) {
            return Optional.empty();
        }
        String digits = found.group(2);
        // More digits than any size has: as good as endless, and refused as such.
        long size = digits.length() > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
        return Optional.of(new LiteralHeader(size, found.group(3).isEmpty(), !found.group(1).isEmpty()));
    }
}
