package org.postel.mail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages that are written part by part are read as the same parts, octet by octet: RFC 2046 §5.1.1. */
class WrittenMessageTest {

    private static final int MESSAGES = 3_000;

    @Test
    void partsAreReadWhereTheyWereWritten() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < MESSAGES; i++) {
            Writer writer = new Writer(random);
            Written written = writer.part(0);
            String message = writer.text.toString();
            assertSame(message, written, MimeScannerTest.scan(message).body(), "seed " + seed + ", message " + i + "\n" + message);
        }
    }

    private record Written(String type, int headerStart, int bodyStart, int bodyEnd, List<Written> parts) {
    }

    private static void assertSame(String message, Written written, Part read, String context) {
        Extent extent = read.extent();
        assertEquals(written.type(), read.contentType().type() + "/" + read.contentType().subtype(), context);
        assertEquals(new Extent(written.headerStart(), written.bodyStart(), written.bodyEnd()), extent, context);
        assertEquals(message.substring(written.bodyStart(), written.bodyEnd()).chars().filter(octet -> octet == '\n').count(), read.lines(), context);
        List<Part> inner = read.message().map(within -> List.of(within.body())).orElse(read.children());
        assertEquals(written.parts().size(), inner.size(), context);
        for (int i = 0; i < inner.size(); i++) {
            assertSame(message, written.parts().get(i), inner.get(i), context);
        }
    }

    private static final class Writer {

        private final StringBuilder text = new StringBuilder();
        private final Random random;
        private final String lineEnd;
        private int boundaries;

        Writer(Random random) {
            this.random = random;
            this.lineEnd = random.nextInt(4) == 0 ? "\n" : "\r\n";
        }

        Written part(int depth) {
            return switch (depth < 5 ? random.nextInt(3) : 0) {
                case 1 -> multipart(depth);
                case 2 -> message(depth);
                default -> text();
            };
        }

        private Written text() {
            int headerStart = text.length();
            header("text/x-" + random.nextInt(9), "");
            int bodyStart = text.length();
            for (int i = random.nextInt(4); i > 0; i--) {
                line(List.of("hello", "", "--", "--b", "--b0x", "-- b0", "--b1-", "b0").get(random.nextInt(8)));
            }
            text.append(random.nextBoolean() ? "end" : "");
            return new Written(type(headerStart), headerStart, bodyStart, text.length(), List.of());
        }

        private Written message(int depth) {
            int headerStart = text.length();
            header("message/rfc822", "");
            int bodyStart = text.length();
            Written inner = part(depth + 1);
            return new Written("message/rfc822", headerStart, bodyStart, text.length(), List.of(inner));
        }

        private Written multipart(int depth) {
            int headerStart = text.length();
            // Each is the start of the next.
            String boundary = "b0" + "1".repeat(boundaries++);
            header("multipart/mixed", ";" + (random.nextBoolean() ? lineEnd + "\t" : " ") + "boundary=\"" + boundary + "\"");
            int bodyStart = text.length();
            List<Written> parts = new ArrayList<>();
            if (random.nextBoolean()) {
                line("preamble");
            }
            line("--" + boundary);
            parts.add(part(depth + 1));
            for (int i = random.nextInt(3); i > 0; i--) {
                text.append(lineEnd);
                line("--" + boundary + " ".repeat(random.nextInt(2)));
                parts.add(part(depth + 1));
            }
            text.append(lineEnd).append("--").append(boundary).append("--");
            text.append(random.nextBoolean() ? lineEnd + "epilogue" : "");
            return new Written("multipart/mixed", headerStart, bodyStart, text.length(), parts);
        }

        private String type(int headerStart) {
            int start = text.indexOf("text/", headerStart);
            return text.substring(start, start + "text/x-0".length());
        }

        private void header(String type, String parameters) {
            if (random.nextBoolean()) {
                line("Subject: a");
            }
            line("content-TYPE:" + " ".repeat(random.nextInt(2)) + type + parameters);
            line("");
        }

        private void line(String content) {
            text.append(content).append(lineEnd);
        }
    }
}
