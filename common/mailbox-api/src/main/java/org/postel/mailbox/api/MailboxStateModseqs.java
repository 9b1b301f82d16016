package org.postel.mailbox.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The MODSEQ of each message by position, in packed blocks; only the last, unfinished block is plain numbers. What changed
 * since a MODSEQ is found by the highest one of each block, so most blocks are not looked into.
 */
final class MailboxStateModseqs {

    static final int BLOCK = MailboxStateModseqBlock.SIZE;
    private static final int FIRST_CAPACITY = 16;

    private final List<MailboxStateModseqBlock> blocks = new ArrayList<>();
    private long[] last = new long[FIRST_CAPACITY];
    private int inLast;

    MailboxStateModseqs copy() {
        MailboxStateModseqs copy = new MailboxStateModseqs();
        blocks.forEach(block -> copy.blocks.add(new MailboxStateModseqBlock(block)));
        copy.last = last.clone();
        copy.inLast = inLast;
        return copy;
    }

    long get(int position) {
        int block = position / BLOCK;
        return block < blocks.size() ? blocks.get(block).get(position % BLOCK) : last[position % BLOCK];
    }

    /** A message's MODSEQ only rises. */
    void set(int position, long modseq) {
        int block = position / BLOCK;
        if (block < blocks.size()) {
            blocks.get(block).set(position % BLOCK, modseq);
        } else {
            last[position % BLOCK] = modseq;
        }
    }

    void add(long modseq) {
        if (inLast == last.length) {
            last = Arrays.copyOf(last, Math.min(BLOCK, 2 * last.length));
        }
        last[inLast++] = modseq;
        if (inLast == BLOCK) {
            blocks.add(new MailboxStateModseqBlock(last));
            inLast = 0;
        }
    }

    /** The positions whose MODSEQ is above this one, ascending. */
    void above(long modseq, IntConsumer position) {
        for (int block = 0; block < blocks.size(); block++) {
            if (blocks.get(block).highest() > modseq) {
                above(block, BLOCK, modseq, position);
            }
        }
        above(blocks.size(), inLast, modseq, position);
    }

    private void above(int block, int count, long modseq, IntConsumer position) {
        for (int p = block * BLOCK; p < block * BLOCK + count; p++) {
            if (get(p) > modseq) {
                position.accept(p);
            }
        }
    }

    /** The first ones of these, to be added to; these are not used any more. */
    MailboxStateModseqs upTo(int count) {
        MailboxStateModseqs first = new MailboxStateModseqs();
        first.blocks.addAll(blocks.subList(0, count / BLOCK));
        for (int p = count / BLOCK * BLOCK; p < count; p++) {
            first.add(get(p));
        }
        return first;
    }

    /** Writes each block as small as it can be now. */
    void pack() {
        blocks.forEach(MailboxStateModseqBlock::pack);
    }

    long weight() {
        return last.length * 8L + blocks.stream().mapToLong(MailboxStateModseqBlock::weight).sum();
    }
}
