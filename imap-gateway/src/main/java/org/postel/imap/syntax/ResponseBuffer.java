package org.postel.imap.syntax;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Consumer;

/** Octets of a response in the making: the terminals of RFC 3501 §9, outwards. */
public final class ResponseBuffer {

    private static final byte[] CRLF = {'\r', '\n'};

    /** Longer strings go as literals: some clients read quoted strings into small buffers. */
    private static final int LONGEST_QUOTED = 1000;

    private final ByteArrayOutputStream octets = new ByteArrayOutputStream(256);

    /** Octets that are known to be fit for the wire. */
    public ResponseBuffer raw(String text) {
        octets.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    public ResponseBuffer sp() {
        octets.write(' ');
        return this;
    }

    public ResponseBuffer crlf() {
        octets.writeBytes(CRLF);
        return this;
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
            octets.write('"');
            for (byte octet : text) {
                if (octet == '"' || octet == '\\') {
                    octets.write('\\');
                }
                octets.write(octet);
            }
            octets.write('"');
            return this;
        }
        byte[] clean = withoutNul(text);
        raw("{" + clean.length + "}").crlf();
        octets.writeBytes(clean);
        return this;
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
        ByteArrayOutputStream clean = new ByteArrayOutputStream(text.length);
        for (byte octet : text) {
            if (octet != 0) {
                clean.write(octet);
            }
        }
        return clean.toByteArray();
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
        return octets.size();
    }

    /** What there is; the buffer is empty again afterwards. */
    public byte[] take() {
        byte[] taken = octets.toByteArray();
        octets.reset();
        return taken;
    }
}
