package org.postel.mailbox.api;

import java.util.Arrays;

/**
 * As many MODSEQs as a block has. A run, whether all are one or each is one above the one before, takes no memory of its own:
 * what arrived one after the other, or was marked at once. Others are offsets to the lowest, in as few octets as the largest
 * of them needs.
 */
final class MailboxStateModseqBlock {

    static final int SIZE = 512;

    private long lowest;
    private long highest;
    /** Of a run: 0 or 1. */
    private int step;
    /** Octets of each offset; 0 for a run. */
    private int width;
    private byte[] offsets = {};

    /** @param modseqs {@link #SIZE} of them; not kept */
    MailboxStateModseqBlock(long[] modseqs) {
        write(modseqs);
    }

    MailboxStateModseqBlock(MailboxStateModseqBlock other) {
        lowest = other.lowest;
        highest = other.highest;
        step = other.step;
        width = other.width;
        offsets = other.offsets.clone();
    }

    long highest() {
        return highest;
    }

    long get(int index) {
        if (width == 0) {
            return lowest + (long) step * index;
        }
        long offset = 0;
        for (int i = width - 1; i >= 0; i--) {
            offset = offset << 8 | offsets[index * width + i] & 0xff;
        }
        return lowest + offset;
    }

    /** @param modseq above the one that was there */
    void set(int index, long modseq) {
        if (width < octets(modseq - lowest)) {
            long[] modseqs = read();
            modseqs[index] = modseq;
            write(modseqs);
            return;
        }
        put(index, modseq - lowest);
        highest = Math.max(highest, modseq);
    }

    /** Writes it as small as it can be now: what was set one by one may have become a run. */
    void pack() {
        if (width > 0) {
            write(read());
        }
    }

    long weight() {
        return offsets.length + 64;
    }

    private long[] read() {
        long[] modseqs = new long[SIZE];
        Arrays.setAll(modseqs, this::get);
        return modseqs;
    }

    private void write(long[] modseqs) {
        lowest = Arrays.stream(modseqs).min().orElseThrow();
        highest = Arrays.stream(modseqs).max().orElseThrow();
        step = modseqs[0] == modseqs[1] ? 0 : 1;
        width = isRun(modseqs) ? 0 : octets(highest - lowest);
        offsets = new byte[SIZE * width];
        for (int i = 0; width > 0 && i < SIZE; i++) {
            put(i, modseqs[i] - lowest);
        }
    }

    private boolean isRun(long[] modseqs) {
        for (int i = 1; i < SIZE; i++) {
            if (modseqs[i] - modseqs[i - 1] != step) {
                return false;
            }
        }
        return true;
    }

    private void put(int index, long offset) {
        for (int i = 0; i < width; i++) {
            offsets[index * width + i] = (byte) (offset >>> 8 * i);
        }
    }

    private static int octets(long offset) {
        return (Long.SIZE - Long.numberOfLeadingZeros(offset) + 7) / 8;
    }
}
