package org.postel.delivery.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads replies, under limits: a server that talks garbage, or without end, is hung up on. */
final class ReplyReader {

    // RFC 5321 §4.5.3.1.5 says 512 octets; many servers exceed it.
    private static final int MAX_LINE = 2048;
    private static final int MAX_LINES = 100;

    private final InputStream in;
    private final byte[] buffer = new byte[4096];
    private int position;
    private int limit;

    ReplyReader(InputStream in) {
        this.in = in;
    }

    // Reply-line = *( Reply-code "-" [ textstring ] CRLF ) Reply-code [ SP textstring ] CRLF; RFC 5321 §4.2
    Reply read() throws IOException {
        List<String> lines = new ArrayList<>();
        int code = 0;
        boolean more = true;
        while (more) {
            String line = line();
            int lineCode = code(line);
            if (!lines.isEmpty() && lineCode != code) {
                throw new ProtocolException("two codes in one reply");
            }
            if (lines.size() == MAX_LINES) {
                throw new ProtocolException("a reply of more than " + MAX_LINES + " lines");
            }
            code = lineCode;
            more = line.length() > 3 && line.charAt(3) == '-';
            lines.add(line.length() > 4 ? line.substring(4) : "");
        }
        return new Reply(code, lines);
    }

    /** Whether the server said more than it was asked. */
    boolean hasMore() {
        return position < limit;
    }

    private static int code(String line) throws ProtocolException {
        boolean wellFormed = line.length() >= 3
                && line.charAt(0) >= '2' && line.charAt(0) <= '5'
                && isDigit(line.charAt(1)) && isDigit(line.charAt(2))
                && (line.length() == 3 || line.charAt(3) == ' ' || line.charAt(3) == '-');
        if (!wellFormed) {
            throw new ProtocolException("not an SMTP reply: " + line.substring(0, Math.min(80, line.length())));
        }
        return Integer.parseInt(line.substring(0, 3));
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    /** Ends in CRLF; a bare LF ends a line too, as a reply decides nothing about where content ends. */
    private String line() throws IOException {
        byte[] line = new byte[MAX_LINE];
        int length = 0;
        while (true) {
            int octet = next();
            if (octet == '\n') {
                int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
                return new String(line, 0, end, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
            }
            if (length == MAX_LINE) {
                throw new ProtocolException("a reply line of more than " + MAX_LINE + " octets");
            }
            line[length++] = (byte) octet;
        }
    }

    private int next() throws IOException {
        if (position == limit) {
            limit = in.read(buffer);
            position = 0;
            if (limit <= 0) {
                limit = 0;
                throw new ConnectionLostException("the server closed the connection");
            }
        }
        return buffer[position++];
    }
}
