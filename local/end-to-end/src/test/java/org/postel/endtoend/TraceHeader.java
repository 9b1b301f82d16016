package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** What a mail gets on its way: fields before the first of the sender's (RFC 5321 §4.4), and nothing else. */
final class TraceHeader {

    private static final Pattern FIELDS = Pattern.compile(
            "((Return-Path|Received|Delivered-To|Authentication-Results|DKIM-Signature):[^\r\n]*\r\n([ \t][^\r\n]*\r\n)*)*");

    private TraceHeader() {
    }

    /** Octet by octet as sent, but for trace fields at the top. */
    static void assertSame(byte[] sent, byte[] read) {
        int added = read.length - sent.length;
        if (added < 0 || !Arrays.equals(sent, 0, sent.length, read, added, read.length)) {
            fail("%d octets were sent and %d read; they differ at %d from the end".formatted(sent.length, read.length,
                    sameFromTheEnd(sent, read)));
        }
        String top = new String(read, 0, added, StandardCharsets.ISO_8859_1);
        assertTrue(FIELDS.matcher(top).matches(), () -> "added before the sender's header: " + top);
    }

    private static int sameFromTheEnd(byte[] sent, byte[] read) {
        int same = 0;
        while (same < Math.min(sent.length, read.length)
                && sent[sent.length - 1 - same] == read[read.length - 1 - same]) {
            same++;
        }
        return same;
    }
}
