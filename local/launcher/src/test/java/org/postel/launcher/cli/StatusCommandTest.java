package org.postel.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.postel.launcher.platform.ProcessState;

class StatusCommandTest {

    @Test
    void aCrashLoopIsSeen() {
        assertEquals("0", StatusCommand.restarts(new ProcessState("kafka", 7, List.of(9092), 0, "", "")));
        assertEquals("1, last exit code 137 at 12:00:01",
                StatusCommand.restarts(new ProcessState("kafka", 7, List.of(9092), 1, "exit code 137 at 12:00:01", "")));
        assertEquals("5, last exit code 1 at 12:00:01, next start at 12:00:09", StatusCommand.restarts(
                new ProcessState("kafka", 7, List.of(9092), 5, "exit code 1 at 12:00:01", "12:00:09")));
    }
}
