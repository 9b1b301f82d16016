package org.postel.imap.syntax;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Consumer;

/** Octets of a response in the making: the terminals of RFC 3501 §9, outwards. */
public final class ResponseBuffer {

    private static final byte[] CRLF = {'\r', '\n'};

    /** Longer strings go as literals: some clients read quoted strings into small buffers. */
    private static final int LONGEST_QUOTED = 1000;

    private byte[] octets = new byte[256];
    private int size;
    private boolean utf8Names;

    /** From here on names of mailboxes are written in UTF-8 (RFC 6855 §3), or in modified UTF-7. */
    public ResponseBuffer utf8Names(boolean utf8) {
        utf8Names = utf8;
        return this;
    }

    /** Octets that are known to be fit for the wire. */
    public ResponseBuffer raw(String text) {
        return octets(text.getBytes(StandardCharsets.US_ASCII));
    }

    private ResponseBuffer octets(byte[] some) {
        reserve(some.length);
        System.arraycopy(some, 0, octets, size, some.length);
        size += some.length;
        return this;
    }

    private ResponseBuffer octet(int octet) {
        reserve(1);
        octets[size++] = (byte) octet;
        return this;
    }

    private void reserve(int more) {
        if (octets.length - size < more) {
            octets = Arrays.copyOf(octets, Math.max(2 * octets.length, size + more));
        }
    }

    public ResponseBuffer sp() {
        return octet(' ');
    }

    public ResponseBuffer crlf() {
        return octets(CRLF);
    }

    public ResponseBuffer number(long number) {
        return raw(Long.toString(number));
    }

    public ResponseBuffer nil() {
        return raw("NIL");
    }

    /** {@code string = quoted / literal}. A literal cannot carry NUL, so NUL is left out. */
    public ResponseBuffer string(byte[] text) {
        if (text.length <= LONGEST_QUOTED && quotable(text)) {
            return quoted(text);
        }
        byte[] clean = withoutNul(text);
        return raw("{" + clean.length + "}").crlf().octets(clean);
    }

    private ResponseBuffer quoted(byte[] text) {
        reserve(2 * text.length + 2);
        octet('"');
        for (byte octet : text) {
            if (octet == '"' || octet == '\\') {
                octet('\\');
            }
            octet(octet);
        }
        return octet('"');
    }

    private static boolean quotable(byte[] text) {
        for (byte octet : text) {
            if (!Characters.quotable(octet)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] withoutNul(byte[] text) {
        byte[] clean = new byte[text.length];
        int length = 0;
        for (byte octet : text) {
            if (octet != 0) {
                clean[length++] = octet;
            }
        }
        return Arrays.copyOf(clean, length);
    }

    public ResponseBuffer string(String text) {
        return string(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A string of US-ASCII in its shortest form: an atom where it can be one. */
    public ResponseBuffer astring(String text) {
        return raw(astringOf(text));
    }

    static String astringOf(String text) {
        if (!text.isEmpty() && text.chars().allMatch(Characters::astring) && !text.equalsIgnoreCase("NIL")) {
            return text;
        }
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** {@code mailbox}. */
    public ResponseBuffer mailbox(String name) {
        if (utf8Names) {
            return octets(astringOf(name).getBytes(StandardCharsets.UTF_8));
        }
        return astring(ModifiedUtf7.encode(name));
    }

    /** {@code "(" [flag *(SP flag)] ")"}. */
    public ResponseBuffer flags(Collection<String> flags) {
        return raw("(" + String.join(" ", flags) + ")");
    }

    /** Items in parentheses, parted by spaces. */
    public <T> ResponseBuffer list(Collection<T> items, Consumer<T> write) {
        raw("(");
        boolean first = true;
        for (T item : items) {
            if (!first) {
                sp();
            }
            first = false;
            write.accept(item);
        }
        return raw(")");
    }

    /** How much there is so far, in octets. */
    public int size() {
        return size;
    }

    /** What there is; the buffer is empty again afterwards. */
    public byte[] take() {
        byte[] taken = Arrays.copyOf(octets, size);
        size = 0;
        return taken;
    }
}
