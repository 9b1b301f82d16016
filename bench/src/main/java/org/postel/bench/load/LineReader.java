package org.postel.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lines and octets of a server's answers without an object for each: the current line stays in the reader's own buffer until the
 * next one is asked for. For one thread.
 */
public final class LineReader {

    private static final int FIRST_SIZE = 1 << 14;
    private static final int LONGEST_LINE = 1 << 24;
    private static final byte[] NO_LITERAL = {};

    private final InputStream in;
    private byte[] buffer = new byte[FIRST_SIZE];
    private int line;
    private int lineEnd;
    private int next;
    private int filled;

    /** Reads from a server. */
    public LineReader(InputStream in) {
        this.in = in;
    }

    /**
     * Goes to the next line.
     *
     * @throws EOFException when the server hangs up before the line ends
     * @throws IOException when the line is longer than 16 MiB, or reading fails
     */
    public void next() throws IOException {
        line = next;
        int at = next;
        while (true) {
            while (at < filled) {
                if (buffer[at++] == '\n') {
                    next = at;
                    lineEnd = at > line + 1 && buffer[at - 2] == '\r' ? at - 2 : at - 1;
                    return;
                }
            }
            int read = at - line;
            fill();
            at = line + read;
        }
    }

    /** The line's length in octets, its end not counted. */
    public int length() {
        return lineEnd - line;
    }

    /** An octet of the line. */
    public byte at(int index) {
        return buffer[line + index];
    }

    /** Whether the line starts so. */
    public boolean startsWith(String ascii) {
        return hasAt(0, ascii);
    }

    /** Whether the line ends so. */
    public boolean endsWith(String ascii) {
        return length() >= ascii.length() && hasAt(length() - ascii.length(), ascii);
    }

    /** Whether that text stands at a place of the line. */
    public boolean hasAt(int index, String ascii) {
        if (length() < index + ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (buffer[line + index + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Where that text begins in the line, or -1. */
    public int find(String ascii) {
        for (int i = 0; i <= length() - ascii.length(); i++) {
            if (hasAt(i, ascii)) {
                return i;
            }
        }
        return -1;
    }

    /** How often an octet stands in the line. */
    public int count(char octet) {
        int count = 0;
        for (int i = line; i < lineEnd; i++) {
            count += buffer[i] == octet ? 1 : 0;
        }
        return count;
    }

    /** Whether that text stands in the line between spaces. */
    public boolean hasWord(String ascii) {
        for (int i = 1; i <= length() - ascii.length(); i++) {
            int end = i + ascii.length();
            if (at(i - 1) == ' ' && hasAt(i, ascii) && (end == length() || at(end) == ' ')) {
                return true;
            }
        }
        return false;
    }

    /** The decimal number that begins at a place of the line; zero when there is none. */
    public long number(int index) {
        long number = 0;
        for (int i = line + index; i < lineEnd && buffer[i] >= '0' && buffer[i] <= '9'; i++) {
            number = number * 10 + buffer[i] - '0';
        }
        return number;
    }

    /** The size of the literal that follows this line (RFC 9051 §4.3), or -1. */
    public int literal() {
        if (length() < 3 || buffer[lineEnd - 1] != '}') {
            return -1;
        }
        int open = lineEnd - 2;
        while (open > line && buffer[open] >= '0' && buffer[open] <= '9') {
            open--;
        }
        return buffer[open] == '{' && open < lineEnd - 2 ? (int) number(open - line + 1) : -1;
    }

    /** The line as text, for messages. */
    public String text() {
        return new String(buffer, line, length(), StandardCharsets.ISO_8859_1);
    }

    /** Passes over octets that follow the line. */
    public void skip(int octets) throws IOException {
        read(octets, NO_LITERAL);
    }

    /**
     * Passes over octets that follow the line and keeps the first of them.
     *
     * @param octets how many
     * @param kept where as many of them go as there is room for
     * @throws EOFException when the server hangs up before
     */
    public void read(int octets, byte[] kept) throws IOException {
        int done = 0;
        while (done < octets) {
            if (next == filled) {
                line = next;
                fill();
            }
            int part = Math.min(octets - done, filled - next);
            if (done < kept.length) {
                System.arraycopy(buffer, next, kept, done, Math.min(part, kept.length - done));
            }
            next += part;
            done += part;
        }
    }

    /** More octets behind what is there, which moves to the front of the buffer. */
    private void fill() throws IOException {
        int kept = filled - line;
        if (kept == buffer.length) {
            if (kept >= LONGEST_LINE) {
                throw new IOException("A line is longer than " + LONGEST_LINE + " octets");
            }
            buffer = Arrays.copyOf(buffer, 2 * kept);
        }
        System.arraycopy(buffer, line, buffer, 0, kept);
        next -= line;
        line = 0;
        filled = kept;
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
            throw new EOFException("The server hung up after: " + new String(buffer, 0, filled, StandardCharsets.ISO_8859_1));
        }
        filled += read;
    }
}
