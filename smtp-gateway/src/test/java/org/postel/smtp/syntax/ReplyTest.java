package org.postel.smtp.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyTest {

    @Test
    void theLastLineHasASpaceAndTheOthersAHyphen() {
        assertEquals("250-a\r\n250-b\r\n250 c\r\n", text(new Reply(250, "", List.of("a", "b", "c"))));
    }

    @Test
    void everyLineHasTheStatus() {
        assertEquals("214-2.0.0 a\r\n214 2.0.0 b\r\n", text(new Reply(214, "2.0.0", List.of("a", "b"))));
    }

    @Test
    void theStatusBelongsToTheCode() {
        assertThrows(IllegalArgumentException.class, () -> Reply.of(550, "4.1.1", "x"));
        assertThrows(IllegalArgumentException.class, () -> Reply.of(250, "2.0", "x"));
    }

    @Test
    void noReplyHasALineEndInside() {
        for (String text : List.of("a\r\n250 b", "a\nb", "a\0b", "\u00fc")) {
            assertThrows(IllegalArgumentException.class, () -> Reply.of(250, "2.0.0", text));
        }
    }

    @Test
    void aLineHasAtMost512Octets() {
        assertEquals(512, Reply.of(250, "2.0.0", "x".repeat(500)).toBytes().length);
        assertThrows(IllegalArgumentException.class, () -> Reply.of(250, "2.0.0", "x".repeat(501)));
    }

    private static String text(Reply reply) {
        return new String(reply.toBytes(), StandardCharsets.US_ASCII);
    }
}
