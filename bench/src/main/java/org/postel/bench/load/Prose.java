package org.postel.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Text in lines, about as compressible as mail; the same in every run. Safe for use by several threads. */
public final class Prose {

    private static final int SIZE = 1 << 20;
    private static final int WORDS = 4000;
    private static final int LINE = 72;
    private static final int SEED = 821;
    /** A prime, so that neighbours begin far from each other. */
    private static final int STRIDE = 104_729;

    private final byte[] text;

    /** Written anew. */
    public Prose() {
        Random random = new Random(SEED);
        String[] words = new String[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = word(random);
        }
        StringBuilder lines = new StringBuilder(SIZE + LINE);
        int column = 0;
        while (lines.length() < SIZE) {
            String word = words[(int) (WORDS * random.nextDouble() * random.nextDouble())];
            lines.append(word);
            column += word.length() + 1;
            lines.append(column > LINE ? "\r\n" : " ");
            column = column > LINE ? 0 : column;
        }
        text = lines.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        int length = 2 + random.nextInt(8);
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    /**
     * Copies whole lines.
     *
     * @param number which part of the text
     * @param size how many octets at least, unless the text ends before
     * @param target where they go
     * @param at where the first goes
     * @return how many there are; at most a line more than asked for
     */
    public int copy(int number, int size, byte[] target, int at) {
        int begin = lineAfter((int) ((long) number * STRIDE % (text.length - SizeMix.LARGEST)));
        int end = lineAfter(begin + size);
        System.arraycopy(text, begin, target, at, end - begin);
        return end - begin;
    }

    private int lineAfter(int index) {
        int at = index;
        while (text[at] != '\n') {
            at++;
        }
        return at + 1;
    }
}
