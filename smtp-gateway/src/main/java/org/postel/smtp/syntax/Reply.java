package org.postel.smtp.syntax;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the server answers: RFC 5321 §4.2.
 *
 * @param code   three digits
 * @param status RFC 3463, on every line (RFC 2034 §4); empty where RFC 2034 has none: greeting, HELO, EHLO and 3yz
 * @param lines  at least one, visible ASCII
 */
public record Reply(int code, String status, List<String> lines) {

    /** RFC 5321 §4.5.3.1.5, CRLF included. */
    public static final int MAX_LINE = 512;
    private static final Pattern STATUS = Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}");
    private static final Pattern TEXT = Pattern.compile("[\\t\\x20-\\x7e]*");

    /** @throws IllegalArgumentException when it is no valid reply: our texts are at fault, never a peer */
    public Reply {
        lines = List.copyOf(lines);
        if (code < 200 || code > 559 || lines.isEmpty()) {
            throw new IllegalArgumentException("not a reply: " + code);
        }
        if (!status.isEmpty() && (!STATUS.matcher(status).matches() || status.charAt(0) - '0' != code / 100)) {
            throw new IllegalArgumentException("status " + status + " does not go with " + code);
        }
        for (String line : lines) {
            if (!TEXT.matcher(line).matches() || line.length() + status.length() + 7 > MAX_LINE) {
                throw new IllegalArgumentException("text that no reply line has");
            }
        }
    }

    /** One line with an enhanced status. */
    public static Reply of(int code, String status, String text) {
        return new Reply(code, status, List.of(text));
    }

    /** One line without. */
    public static Reply plain(int code, String text) {
        return new Reply(code, "", List.of(text));
    }

    /** Whether the client did what it could and may go on: 2yz and 3yz. */
    public boolean positive() {
        return code < 400;
    }

    /** 5yz: the client's mistake, counted against it. */
    public boolean permanentError() {
        return code >= 500;
    }

    /** As on the wire. */
    public byte[] toBytes() {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(64);
        for (int i = 0; i < lines.size(); i++) {
            String separator = i < lines.size() - 1 ? "-" : " ";
            String line = code + separator + (status.isEmpty() ? "" : status + " ") + lines.get(i) + "\r\n";
            octets.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
        }
        return octets.toByteArray();
    }
}
