package org.postel.mailbox.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.postel.mail.mime.BaseSubject;
import org.postel.mail.mime.Octets;

/** RFC 5256 §3; messages are numbered from 1, a day apart unless said otherwise. */
class AlgorithmTest {

    private final List<Threaded> messages = new ArrayList<>();

    private AlgorithmTest mail(String subject, String id, String... references) {
        return mailOf(messages.size(), subject, id, references);
    }

    private AlgorithmTest mailOf(long day, String subject, String id, String... references) {
        BaseSubject base = BaseSubject.of(Octets.of(subject));
        messages.add(new Threaded(day, messages.size(), base.text(), base.isReply(), id, Arrays.asList(references)));
        return this;
    }

    /** As THREAD answers, without its blanks before lists. */
    private String by(Algorithm algorithm) {
        StringBuilder wire = new StringBuilder();
        Deque<Integer> open = new ArrayDeque<>();
        boolean[] chained = {false};
        algorithm.thread(messages, (place, children) -> {
            wire.append(chained[0] ? " " : "(").append(place < 0 ? "" : place + 1);
            chained[0] = children == 1;
            if (children > 1) {
                open.push(children);
            } else if (children == 0) {
                wire.append(')');
                while (!open.isEmpty()) {
                    int left = open.pop() - 1;
                    if (left > 0) {
                        open.push(left);
                        break;
                    }
                    wire.append(')');
                }
            }
        });
        return wire.toString();
    }

    @Test
    void orderedSubjectHasNoGrandchildren() {
        mailOf(3, "b", "1").mailOf(2, "a", "2").mailOf(1, "Re: b", "3").mailOf(4, "[x] B", "4").mailOf(5, "Re: b", "5").mailOf(6, "", "6");
        assertEquals("(3(1)(5))(2)(4)(6)", by(Algorithm.ORDEREDSUBJECT).replace("(3 ", "(3"));
    }

    @Test
    void repliesAreBelowWhatTheyAnswer() {
        mail("a", "1").mail("Re: a", "2", "1").mail("Re: a", "3", "1", "2").mail("Re: a", "4", "1").mail("other", "5");
        assertEquals("(1(2 3)(4))(5)", by(Algorithm.REFERENCES));
        assertEquals("(1(2 3)(4))(5)", by(Algorithm.REFS));
    }

    @Test
    void whatIsMissingHoldsItsChildrenTogetherAtTheTopOnly() {
        mail("x", "1", "gone").mail("y", "2", "gone").mail("z", "3", "1", "gone too").mail("w", "4", "gone 2", "gone 3");
        assertEquals("((1 3)(2))(4)", by(Algorithm.REFS));
    }

    @Test
    void whatAMessageSaysOfItselfCountsMost() {
        // 2 says that 3 answers 1; 3 itself says that it answers 4.
        mail("a", "1").mail("b", "2", "1", "3").mail("c", "3", "4").mail("d", "4");
        assertEquals("(1)(4 3 2)", by(Algorithm.REFS).replace("(4 3 2)(1)", "(1)(4 3 2)"));
        assertEquals("(1)(4 3 2)", by(Algorithm.REFERENCES));
    }

    @Test
    void loopsAreNotClosed() {
        mail("a", "1", "2").mail("b", "2", "1").mail("c", "3", "3").mail("d", "4", "4", "5", "4");
        assertEquals("(2 1)(3)(4)", by(Algorithm.REFS));
    }

    @Test
    void ofSeveralMessagesWithOneIdTheFirstIsMeant() {
        mail("a", "1").mail("b", "1").mail("c", "2", "1").mail("d", "").mail("e", "");
        assertEquals("(1 3)(2)(4)(5)", by(Algorithm.REFERENCES));
    }

    @Test
    void subjectsGatherWhatReferencesDoNot() {
        mail("Re: a", "1").mail("a", "2").mail("Re: a", "3").mail("b", "4").mail("b", "5").mail("b", "6").mail("Re: b", "7").mail("", "8").mail("", "9");
        assertEquals("(2(1)(3))((4)(5)(6)(7))(8)(9)", by(Algorithm.REFERENCES));
        assertEquals("(1)(2)(3)(4)(5)(6)(7)(8)(9)", by(Algorithm.REFS));
    }

    @Test
    void threadsWithoutTheirRootAreGatheredBySubject() {
        mail("a", "1", "x").mail("Re: a", "2", "x").mail("a", "3", "y").mail("Re: a", "4", "y").mail("a", "5");
        assertEquals("((1)(2)(3)(4)(5))", by(Algorithm.REFERENCES));
    }

    @Test
    void siblingsAreInTheOrderTheyWereSentAndRefsInThatOfTheNewest() {
        mailOf(5, "a", "1").mailOf(4, "Re: a", "2", "1").mailOf(3, "Re: a", "3", "1").mailOf(1, "b", "4").mailOf(9, "Re: a", "5", "3");
        assertEquals("(4)(1(3 5)(2))", by(Algorithm.REFERENCES));
        assertEquals("(4)(1(3 5)(2))", by(Algorithm.REFS));
        mailOf(0, "Re: b", "6", "4");
        assertEquals("(4 6)(1(3 5)(2))", by(Algorithm.REFERENCES));
        assertEquals("(1(3 5)(2))(4 6)", by(Algorithm.REFS));
    }

    /** Every message is there once, whatever it refers to. */
    @Test
    void randomReferencesMakeAForest() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            messages.clear();
            int count = 1 + random.nextInt(40);
            for (int i = 0; i < count; i++) {
                String[] references = random.ints(random.nextInt(5), 0, 50).mapToObj(String::valueOf).toArray(String[]::new);
                mailOf(random.nextInt(10), (random.nextBoolean() ? "Re: " : "") + "abc".charAt(random.nextInt(3)), "" + random.nextInt(50), references);
            }
            for (Algorithm algorithm : Algorithm.values()) {
                List<Integer> seen = new ArrayList<>();
                algorithm.thread(messages, (place, children) -> {
                    if (place >= 0) {
                        seen.add(place);
                    }
                });
                assertEquals(IntStream.range(0, count).boxed().toList(), seen.stream().sorted().toList(), algorithm + ", seed " + seed);
            }
        }
    }

    /** The parents that steps 1 (A) and (B) lead to, each loop looked for by walking all ancestors. */
    @Test
    void parentsAreThoseOfThePlainAlgorithm() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            int count = 1 + random.nextInt(30);
            Ancestry ancestry = new Ancestry(count);
            int[] parents = new int[count];
            Arrays.fill(parents, -1);
            for (int step = 0; step < 200; step++) {
                int child = random.nextInt(count);
                int of = random.nextInt(count);
                assertEquals(parents[child] >= 0, ancestry.hasParent(child), "seed " + seed);
                if (parents[child] >= 0) {
                    ancestry.cut(child);
                    parents[child] = -1;
                }
                int eldest = of;
                while (parents[eldest] >= 0) {
                    eldest = parents[eldest];
                }
                if (eldest != child) {
                    parents[child] = of;
                }
                ancestry.link(child, of);
                assertEquals(Arrays.toString(parents), Arrays.toString(ancestry.parents()), "seed " + seed);
            }
        }
    }

    /** SAFETY row 33: a hundred thousand messages that refer to each other in the worst ways. */
    @Test
    void craftedReferencesCostNoMoreThanNLogN() {
        int count = 100_000;
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            for (int form = 0; form < 4; form++) {
                messages.clear();
                for (int i = 0; i < count; i++) {
                    String[] references = switch (form) {
                        case 0 -> new String[] {"" + (i - 1)};
                        case 1 -> new String[] {"" + (i + 1)};
                        case 2 -> new String[] {"" + (count - i), "" + i, "" + (i / 2), "" + (i + 1)};
                        default -> new String[] {"gone " + i, "gone " + (i + 1), "gone " + (i + 2)};
                    };
                    mail("Re: " + i % 3, "" + i, references);
                }
                for (Algorithm algorithm : Algorithm.values()) {
                    int[] nodes = {0};
                    algorithm.thread(messages, (place, children) -> nodes[0] += place >= 0 ? 1 : 0);
                    assertEquals(count, nodes[0]);
                }
            }
        });
    }
}
