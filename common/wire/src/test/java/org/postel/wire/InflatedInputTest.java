package org.postel.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class InflatedInputTest {

    /** The empty block that ends a flush: RFC 1951 §3.2.4. */
    private static final int END_OF_FLUSH = 4;

    /** Else an answer that was left for the wait, because something had come, would wait with it. */
    @Test
    void anEndOfAFlushThatComesLateIsNothingToKeepAnAnswerFor() throws IOException {
        Inbound inbound = new Inbound(_ -> { });
        AtomicInteger flushes = new AtomicInteger();
        byte[] sent = deflated("a NOOP\r\n");
        try (InflatedInput input = new InflatedInput(inbound, flushes::incrementAndGet, 0)) {
            inbound.received(Unpooled.wrappedBuffer(Arrays.copyOf(sent, sent.length - END_OF_FLUSH)));
            ByteBuf line = input.segment(deadline(), true);
            assertEquals("a NOOP\r\n", line.readCharSequence(line.readableBytes(), StandardCharsets.US_ASCII).toString());
            inbound.received(Unpooled.wrappedBuffer(sent, sent.length - END_OF_FLUSH, END_OF_FLUSH));
            assertTrue(input.hasInput());
            assertEquals(0, flushes.get());
            inbound.wake();
            assertEquals(Connection.Signal.WOKEN, input.await(deadline()));
            assertEquals(1, flushes.get());
        }
    }

    private static long deadline() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    }

    private static byte[] deflated(String text) {
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            deflater.setInput(text.getBytes(StandardCharsets.US_ASCII));
            byte[] octets = new byte[100];
            return Arrays.copyOf(octets, deflater.deflate(octets, 0, octets.length, Deflater.SYNC_FLUSH));
        }
    }
}
