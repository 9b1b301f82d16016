package org.postel.imap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** RFC 5256 §4: the examples of the response. */
class ThreadAnswerTest {

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final ThreadAnswer answer = new ThreadAnswer(sent::writeBytes);

    private String answered(long... nodes) throws IOException {
        for (int i = 0; i < nodes.length; i += 2) {
            answer.node(nodes[i], (int) nodes[i + 1]);
        }
        answer.end();
        return sent.toString();
    }

    @Test
    void chainsAreOneListAndBranchesSeveral() throws IOException {
        assertEquals("* THREAD (2)(3 6 (4 23)(44 7 96))\r\n", answered(2, 0, 3, 1, 6, 2, 4, 1, 23, 0, 44, 1, 7, 1, 96, 0));
    }

    @Test
    void aMessageThatIsNotThereHasNoNumber() throws IOException {
        assertEquals("* THREAD ((3)(5))(1)\r\n", answered(0, 2, 3, 0, 5, 0, 1, 0));
    }

    @Test
    void nothingIsNoList() throws IOException {
        assertEquals("* THREAD\r\n", answered());
    }

    @Test
    void listsNestAsDeepAsThreads() throws IOException {
        int depth = 100_000;
        for (int i = 1; i <= depth; i++) {
            answer.node(i, 2);
            answer.node(i, 0);
        }
        answer.node(depth, 0);
        answer.end();
        String text = sent.toString();
        assertEquals(text.chars().filter(letter -> letter == '(').count(), text.chars().filter(letter -> letter == ')').count());
    }
}
