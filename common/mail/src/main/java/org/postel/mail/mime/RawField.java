package org.postel.mail.mime;

import java.util.Arrays;

/**
 * One header field where it stands in its section: its lines with folding and line ends.
 *
 * @param section the octets it stands in, shared
 * @param start   of the name
 * @param colon   behind the name; equal to {@code start} when the line has none and so is no field
 * @param end     behind the line end
 */
public record RawField(byte[] section, int start, int colon, int end) {

    /** The name as written; empty when the line is no field. */
    public String name() {
        int stop = colon;
        while (stop > start && isBlank(section[stop - 1])) {
            stop--;
        }
        return Octets.of(section, start, stop).toString();
    }

    /** All octets of the field, line ends included. */
    public byte[] octets() {
        return Arrays.copyOfRange(section, start, end);
    }

    /**
     * The value, unfolded (RFC 5322 §2.2.3) and trimmed. Line ends go, whatever follows them, and NUL becomes {@code ?}: no
     * protocol can carry them in a string.
     */
    public Octets value() {
        byte[] unfolded = new byte[end - start];
        int length = 0;
        for (int i = colon > start ? colon + 1 : start; i < end; i++) {
            byte octet = section[i];
            if (octet == '\r' || octet == '\n' || length == 0 && isBlank(octet)) {
                continue;
            }
            unfolded[length++] = octet == 0 ? (byte) '?' : octet;
        }
        while (length > 0 && isBlank(unfolded[length - 1])) {
            length--;
        }
        return Octets.of(unfolded, 0, length);
    }

    static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }
}
