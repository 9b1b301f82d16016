package org.postel.smtp.syntax;

import java.util.EnumSet;
import java.util.Set;

/**
 * Takes the content after DATA as it arrives, in any pieces, removes the dots of transparency (RFC 5321 §4.5.2) and finds the
 * end.
 *
 * <p>Only CRLF "." CRLF ends content. A bare CR or LF never begins a line here, so none of the sequences of SMTP smuggling
 * (CVE-2023-51764, -51765, -51766) ends it. Such content is refused as a whole, but only at its real end: what follows the
 * bare line end would else be read as commands, which is what a smuggler wants.
 */
public final class ContentDecoder {

    private static final int BLOCK = 4096;

    /** What makes content unfit. */
    public enum Fault {
        /** RFC 5321 §2.3.8: CR and LF stand together or not at all. */
        BARE_LINE_END,
        /** RFC 2045 §2.7 and §2.8: NUL stands in no mail; strings of many a reader end there. */
        NUL
    }

    private enum State { LINE_START, DOT, DOT_CR, TEXT, CR, ENDED }

    private final ContentSink sink;
    private final Set<Fault> faults = EnumSet.noneOf(Fault.class);
    private final byte[] block = new byte[BLOCK];
    private int filled;
    // The CRLF of the DATA command is the first half of an empty content's end: RFC 5321 §4.1.1.4.
    private State state = State.LINE_START;

    /** Hands the decoded content to {@code sink}; what comes after a fault is no longer exact. */
    public ContentDecoder(ContentSink sink) {
        this.sink = sink;
    }

    /**
     * Takes the next octets.
     *
     * @return how many belong to the content: fewer than {@code length} only when it has ended
     */
    public int take(byte[] octets, int offset, int length) {
        int position = offset;
        int end = offset + length;
        while (position < end && state != State.ENDED) {
            if (state == State.TEXT) {
                position = plain(octets, position, end);
            }
            if (position < end) {
                state = next(octets[position++]);
            }
        }
        flush();
        return position - offset;
    }

    /** Most octets of a line mean nothing here: takes them in one piece, up to the next one that may. */
    private int plain(byte[] octets, int from, int end) {
        int to = from;
        while (to < end && (octets[to] > '\r' || octets[to] < 0 || octets[to] == '\t')) {
            to++;
        }
        for (int at = from; at < to;) {
            int count = Math.min(to - at, BLOCK - filled);
            System.arraycopy(octets, at, block, filled, count);
            filled += count;
            at += count;
            if (filled == BLOCK) {
                flush();
            }
        }
        return to;
    }

    /** Whether CRLF "." CRLF has come. */
    public boolean ended() {
        return state == State.ENDED;
    }

    /** What was found so far. */
    public Set<Fault> faults() {
        return Set.copyOf(faults);
    }

    private State next(byte octet) {
        return switch (state) {
            case LINE_START -> octet == '.' ? State.DOT : text(octet);
            case DOT -> octet == '\r' ? State.DOT_CR : text(octet);
            case DOT_CR -> octet == '\n' ? State.ENDED : afterBareCr(octet);
            case TEXT -> text(octet);
            case CR -> octet == '\n' ? lineEnd() : afterBareCr(octet);
            case ENDED -> throw new IllegalStateException("content has ended");
        };
    }

    private State text(byte octet) {
        if (octet == '\r') {
            return State.CR;
        }
        if (octet == '\n') {
            faults.add(Fault.BARE_LINE_END);
        } else if (octet == 0) {
            faults.add(Fault.NUL);
        }
        put(octet);
        return State.TEXT;
    }

    private State afterBareCr(byte octet) {
        faults.add(Fault.BARE_LINE_END);
        return text(octet);
    }

    private State lineEnd() {
        put((byte) '\r');
        put((byte) '\n');
        return State.LINE_START;
    }

    private void put(byte octet) {
        if (filled == BLOCK) {
            flush();
        }
        block[filled++] = octet;
    }

    private void flush() {
        if (filled > 0) {
            sink.accept(block, 0, filled);
            filled = 0;
        }
    }
}
