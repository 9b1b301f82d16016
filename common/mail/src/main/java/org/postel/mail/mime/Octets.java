package org.postel.mail.mime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Some octets of a message that do not change: a header value is not text before somebody chooses a charset. */
public final class Octets {

    /** No octets. */
    public static final Octets EMPTY = new Octets(new byte[0]);

    private final byte[] value;

    private Octets(byte[] value) {
        this.value = value;
    }

    /** A copy of all of {@code source}. */
    public static Octets of(byte[] source) {
        return of(source, 0, source.length);
    }

    /** A copy of {@code source[from, to)}. */
    public static Octets of(byte[] source, int from, int to) {
        return from == to ? EMPTY : new Octets(Arrays.copyOfRange(source, from, to));
    }

    /** The octets of a text whose characters are octets (ISO 8859-1). */
    public static Octets of(String latin1) {
        return new Octets(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    public int length() {
        return value.length;
    }

    public boolean isEmpty() {
        return value.length == 0;
    }

    public byte at(int index) {
        return value[index];
    }

    /** A copy as an array. */
    public byte[] toBytes() {
        return value.clone();
    }

    /** Whether it is this text, ASCII letters compared without case: tokens of a header are compared like this. */
    public boolean is(String ascii) {
        return ascii.length() == value.length && toString().equalsIgnoreCase(ascii);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets octets && Arrays.equals(value, octets.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    /** One character per octet (ISO 8859-1). */
    @Override
    public String toString() {
        return new String(value, StandardCharsets.ISO_8859_1);
    }
}
