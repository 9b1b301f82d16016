package org.postel.trust.dkim;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The SHA-256 of a body's canonical form (RFC 6376 §3.4.3 and §3.4.4), taken while the body passes in any pieces. Empty lines are
 * held as their number until something follows, for at the end they do not count.
 */
final class BodyHash {

    private final MessageDigest digest = sha256();
    private final Canonicalization canonicalization;
    private final Verbatim verbatim;
    private final long limit;
    private final byte[] buffer = new byte[512];
    private int buffered;
    private long octets;
    private long lineEnds;
    private boolean blank;
    private boolean carriageReturn;
    private boolean something;
    private Optional<byte[]> finished = Optional.empty();

    /** @param limit how many octets of the canonical form are hashed: l= */
    BodyHash(Canonicalization canonicalization, OptionalLong limit) {
        this.canonicalization = canonicalization;
        this.verbatim = new Verbatim(canonicalization);
        this.limit = limit.orElse(Long.MAX_VALUE);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void accept(byte[] from, int offset, int length) {
        int end = offset + length;
        int i = offset;
        while (i < end) {
            int run = carriageReturn ? 0 : verbatim.run(from, i, end);
            if (run == 0) {
                take(from[i++]);
            } else {
                content(from[i]);
                write(from, i + 1, run - 1);
                i += run;
            }
        }
    }

    private void take(byte octet) {
        if (carriageReturn) {
            carriageReturn = false;
            if (octet == '\n') {
                lineEnds++;
                blank = false;
                return;
            }
            content((byte) '\r');
        }
        if (octet == '\r') {
            carriageReturn = true;
        } else if (verbatim.plain(octet)) {
            content(octet);
        } else {
            blank = true;
        }
    }

    private void content(byte octet) {
        something = true;
        for (; lineEnds > 0; lineEnds--) {
            write((byte) '\r');
            write((byte) '\n');
        }
        if (blank) {
            blank = false;
            write((byte) ' ');
        }
        write(octet);
    }

    private void write(byte octet) {
        if (octets++ < limit) {
            buffer[buffered++] = octet;
            if (buffered == buffer.length) {
                flush();
            }
        }
    }

    private void write(byte[] from, int offset, int length) {
        int hashed = (int) Math.clamp(limit - octets, 0, length);
        octets += length;
        if (hashed >= buffer.length - buffered) {
            flush();
        }
        if (hashed >= buffer.length) {
            digest.update(from, offset, hashed);
        } else {
            System.arraycopy(from, offset, buffer, buffered, hashed);
            buffered += hashed;
        }
    }

    private void flush() {
        digest.update(buffer, 0, buffered);
        buffered = 0;
    }

    /** The hash, once the body has passed; the same for each signature that asks. */
    byte[] finish() {
        if (finished.isEmpty()) {
            end();
            finished = Optional.of(digest.digest());
        }
        return finished.get();
    }

    private void end() {
        if (carriageReturn) {
            carriageReturn = false;
            content((byte) '\r');
        }
        // A body of nothing is a line end when simple (§3.4.3), and nothing when relaxed (§3.4.4).
        if (something || canonicalization == Canonicalization.SIMPLE) {
            write((byte) '\r');
            write((byte) '\n');
        }
        flush();
    }

    /** How many octets the canonical form has, hashed or not; known once it is finished. */
    long octets() {
        return octets;
    }
}
