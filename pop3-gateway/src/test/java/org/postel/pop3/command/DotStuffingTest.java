package org.postel.pop3.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotStuffingTest {

    private static String whole(String content, int chunk) throws IOException {
        return written(DotStuffing::whole, content, chunk);
    }

    private interface Making {
        DotStuffing on(WrittenConnection out);
    }

    private static String written(Making making, String content, int chunk) throws IOException {
        WrittenConnection out = new WrittenConnection();
        DotStuffing lines = making.on(out);
        for (int at = 0; at < content.length() && !lines.enough(); at += chunk) {
            String part = content.substring(at, Math.min(content.length(), at + chunk));
            lines.write(part.getBytes(StandardCharsets.ISO_8859_1));
        }
        lines.finish();
        return out.written.toString(StandardCharsets.ISO_8859_1).replace("\r", "CR ").replace("\n", "LF ");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            '',                 '.CR LF '
            'a\r\n',            'aCR LF .CR LF '
            'a',                'aCR LF .CR LF '
            '.',                '..CR LF .CR LF '
            '.\r\n',            '..CR LF .CR LF '
            '..\r\n.a\r\nb.',   '...CR LF ..aCR LF b.CR LF .CR LF '
            'a\r\n.\r\nb\r\n',  'aCR LF ..CR LF bCR LF .CR LF '
            'a\n.\nb\n',        'aCR LF ..CR LF bCR LF .CR LF '
            'a\r.\rb\r',        'aCR LF ..CR LF bCR LF .CR LF '
            '\r\n\r\n',         'CR LF CR LF .CR LF '
            '\r\r\n',           'CR LF CR LF .CR LF '
            """)
    void everyLineEndsInCrlfAndNoLineIsADotAlone(String content, String expected) throws IOException {
        for (int chunk = 1; chunk <= content.length() + 1; chunk++) {
            assertEquals(expected, whole(content, chunk));
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0, 'a: 1CR LF CR LF .CR LF '
            1, 'a: 1CR LF CR LF ..xCR LF .CR LF '
            2, 'a: 1CR LF CR LF ..xCR LF yCR LF .CR LF '
            9, 'a: 1CR LF CR LF ..xCR LF yCR LF CR LF zCR LF .CR LF '
            """)
    void topSendsTheHeaderAndSomeLines(int bodyLines, String expected) throws IOException {
        for (int chunk = 1; chunk < 20; chunk++) {
            assertEquals(expected, written(out -> DotStuffing.top(out, bodyLines), "a: 1\r\n\r\n.x\r\ny\r\n\r\nz", chunk));
        }
    }

    @Test
    void topOfAMessageWithoutABodyEndsWithIt() throws IOException {
        assertEquals("a: 1CR LF .CR LF ", written(out -> DotStuffing.top(out, 5), "a: 1", 3));
    }

    @Test
    void anyContentComesBackWhenAClientTakesTheDotsAway() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 3000; round++) {
            StringBuilder content = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                content.append(new String[] {".", "\r\n", "a", "..", "b.", "caf\u00e9\tand more than eight"}[random.nextInt(6)]);
            }
            String written = whole(content.toString(), 1 + random.nextInt(40)).replace("CR ", "\r").replace("LF ", "\n");
            String expected = content.isEmpty() || content.toString().endsWith("\r\n") ? content.toString() : content + "\r\n";
            String body = written.substring(0, written.length() - ".\r\n".length());
            assertEquals(expected, ("\r\n" + body).replace("\r\n..", "\r\n.").substring(2), "seed " + seed);
            assertFalse(("\r\n" + body).contains("\r\n.\r\n"), "seed " + seed);
        }
    }
}
