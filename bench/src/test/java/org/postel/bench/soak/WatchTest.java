package org.postel.bench.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.postel.bench.stack.ProcessUse;

class WatchTest {

    private static final long MEBIBYTE = 1 << 20;

    @Test
    void aFileDescriptorLeakIsToldByNameAndFailsTheSoak() {
        Watch watch = new Watch();
        for (int i = 0; i < 30; i++) {
            watch.add(Map.of("imap-gateway", new ProcessUse(100 * MEBIBYTE, 90 * MEBIBYTE, OptionalLong.empty(), 40 + i, 20, 5)));
        }
        StringBuilder report = new StringBuilder();
        assertFalse(watch.report(report));
        assertEquals(1, report.toString().lines().filter(line -> line.endsWith("GROWS")).count());
        assertTrue(report.toString().lines().anyMatch(line -> line.contains("files") && line.endsWith("GROWS")));
    }

    @Test
    void aProcessThatEndedFailsTheSoak() {
        Watch watch = new Watch();
        for (int i = 0; i < 3; i++) {
            long memory = i < 2 ? 100 * MEBIBYTE : 0;
            watch.add(Map.of("imap-gateway", new ProcessUse(memory, memory, OptionalLong.empty(), 1, 1, 0)));
        }
        assertFalse(watch.report(new StringBuilder()));
    }
}
