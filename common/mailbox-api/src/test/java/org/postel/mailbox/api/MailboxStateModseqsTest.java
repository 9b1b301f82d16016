package org.postel.mailbox.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MailboxStateModseqsTest {

    /** Random arrivals, changes and removals against a plain list. */
    @Test
    void theyAreThoseOfAPlainList() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Long> model = new ArrayList<>();
        MailboxStateModseqs modseqs = new MailboxStateModseqs();
        long next = 1;
        for (int round = 0; round < 60; round++) {
            // Now and then as far apart as the last octet of an offset can tell.
            next += random.nextInt(8) == 0 ? 1L << random.nextInt(48) : 1;
            for (int i = random.nextInt(700); i > 0; i--) {
                modseqs.add(next);
                model.add(next++);
            }
            if (random.nextInt(4) == 0) {
                modseqs = without(modseqs, model, random);
            }
            for (int i = random.nextInt(20); i > 0 && !model.isEmpty(); i--) {
                int position = random.nextInt(model.size());
                modseqs.set(position, next);
                model.set(position, next++);
            }
            if (random.nextBoolean()) {
                modseqs.pack();
            }
            check(model, modseqs, model.isEmpty() ? 0 : model.get(random.nextInt(model.size())), seed);
        }
    }

    private static MailboxStateModseqs without(MailboxStateModseqs modseqs, List<Long> model, Random random) {
        int from = random.nextInt(model.size() + 1);
        MailboxStateModseqs left = modseqs.upTo(from);
        List<Long> leftOfModel = new ArrayList<>(model.subList(0, from));
        for (int position = from; position < model.size(); position++) {
            if (random.nextInt(5) > 0) {
                left.add(modseqs.get(position));
                leftOfModel.add(model.get(position));
            }
        }
        model.clear();
        model.addAll(leftOfModel);
        return left;
    }

    private static void check(List<Long> model, MailboxStateModseqs modseqs, long since, long seed) {
        List<Integer> above = new ArrayList<>();
        for (int position = 0; position < model.size(); position++) {
            assertEquals(model.get(position), modseqs.get(position), "seed " + seed);
            if (model.get(position) > since) {
                above.add(position);
            }
        }
        List<Integer> found = new ArrayList<>();
        modseqs.above(since, found::add);
        assertEquals(above, found, "seed " + seed);
    }

    @Test
    void aRunTakesNoMemoryOfItsOwn() {
        MailboxStateModseqs rising = new MailboxStateModseqs();
        MailboxStateModseqs marked = new MailboxStateModseqs();
        for (int position = 0; position < 10 * MailboxStateModseqs.BLOCK; position++) {
            rising.add(1_000_000 + position);
            marked.add(1 + 3L * position);
        }
        assertTrue(rising.weight() < 6_000, rising.weight() + " octets");
        for (int position = 0; position < 10 * MailboxStateModseqs.BLOCK; position++) {
            marked.set(position, 99_999);
        }
        assertTrue(marked.weight() > 10_000, marked.weight() + " octets");
        marked.pack();
        assertTrue(marked.weight() < 6_000, marked.weight() + " octets");
    }
}
