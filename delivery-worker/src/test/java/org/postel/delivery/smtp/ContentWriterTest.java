package org.postel.delivery.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** SAFETY row 2. */
class ContentWriterTest {

    private static final char[] NASTY = {'\r', '\n', '.', 'a', '\0', '\u00ff'};

    @Test
    void whateverComesInOnlyOneEndGoesOut() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            StringBuilder content = new StringBuilder();
            for (int i = random.nextInt(30); i > 0; i--) {
                content.append(NASTY[random.nextInt(NASTY.length)]);
            }
            String sent = write(content.toString(), 1 + random.nextInt(5));
            String where = "seed " + seed + ", round " + round;
            assertFalse(sent.replace("\r\n", "").contains("\r"), where);
            assertFalse(sent.replace("\r\n", "").contains("\n"), where);
            assertTrue(sent.endsWith(".\r\n"), where);
            assertEquals(sent.equals(".\r\n") ? -1 : sent.length() - 5, sent.indexOf("\r\n.\r\n"), where);
            assertEquals(lines(content.toString()), unstuffed(sent), where);
        }
    }

    @Test
    void contentWithGoodLineEndsIsUnchanged() throws Exception {
        assertEquals("a\r\nb\r\n.\r\n", write("a\r\nb\r\n", 1));
        assertEquals("a\r\n.\r\n", write("a", 10));
    }

    private static String lines(String content) {
        String lines = content.replace("\r\n", "\n").replace("\r", "\n");
        return lines.isEmpty() || lines.endsWith("\n") ? lines : lines + "\n";
    }

    private static String unstuffed(String sent) {
        String lines = "\n" + sent.substring(0, sent.length() - 3).replace("\r\n", "\n");
        return lines.replace("\n.", "\n").substring(1);
    }

    private static String write(String content, int atOnce) throws Exception {
        byte[] octets = content.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        InputStream dripping = new ByteArrayInputStream(octets) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, atOnce));
            }
        };
        new ContentWriter(sent, () -> { }).write(dripping, octets.length);
        return sent.toString(StandardCharsets.ISO_8859_1);
    }
}
