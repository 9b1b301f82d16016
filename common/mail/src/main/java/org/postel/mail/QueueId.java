package org.postel.mail;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;

/**
 * Names one message on its whole way: in Received, in every log line, in the queue and as the name of its content in the
 * store. Time-ordered: a UUID of version 7 (RFC 9562 §5.7), written as 26 lower-case letters and digits.
 *
 * @param uuid the 128 bits
 */
public record QueueId(UUID uuid) implements Comparable<QueueId> {

    /** Octets of the binary form. */
    public static final int BYTES = 16;

    private static final SecureRandom RANDOM = new SecureRandom();
    // Crockford's base 32: no i, l, o, u, so that a person can read it out.
    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int LENGTH = 26;

    /** A new one, of this moment. */
    public static QueueId next() {
        byte[] random = new byte[10];
        RANDOM.nextBytes(random);
        ByteBuffer bits = ByteBuffer.wrap(random);
        long high = (System.currentTimeMillis() << 16) | 0x7000L | (bits.getShort() & 0x0fffL);
        long low = (bits.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new QueueId(new UUID(high, low));
    }

    /**
     * From the binary form.
     *
     * @throws IllegalArgumentException when there are not 16 octets
     */
    public static QueueId of(byte[] octets) {
        if (octets.length != BYTES) {
            throw new IllegalArgumentException("a queue id has 16 octets, not " + octets.length);
        }
        ByteBuffer bits = ByteBuffer.wrap(octets);
        return new QueueId(new UUID(bits.getLong(), bits.getLong()));
    }

    /**
     * From the written form.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static QueueId parse(String written) {
        if (written.length() != LENGTH) {
            throw new IllegalArgumentException("a queue id has 26 characters");
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < LENGTH; i++) {
            int digit = new String(DIGITS).indexOf(Character.toLowerCase(written.charAt(i)));
            if (digit < 0) {
                throw new IllegalArgumentException("not a queue id: " + written);
            }
            high = (high << 5) | (low >>> 59);
            low = (low << 5) | digit;
        }
        return new QueueId(new UUID(high, low));
    }

    /** The binary form, 16 octets. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits()).array();
    }

    @Override
    public int compareTo(QueueId other) {
        int high = Long.compareUnsigned(uuid.getMostSignificantBits(), other.uuid.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(uuid.getLeastSignificantBits(), other.uuid.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        char[] written = new char[LENGTH];
        long high = uuid.getMostSignificantBits();
        long low = uuid.getLeastSignificantBits();
        for (int i = LENGTH - 1; i >= 0; i--) {
            written[i] = DIGITS[(int) (low & 31)];
            low = (low >>> 5) | (high << 59);
            high >>>= 5;
        }
        return new String(written);
    }
}
