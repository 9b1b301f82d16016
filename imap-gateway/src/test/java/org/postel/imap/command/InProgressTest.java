package org.postel.imap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 9585 §4. */
class InProgressTest {

    private final List<String> told = new ArrayList<>();
    private long now = Long.MAX_VALUE - 5;
    private final InProgress progress = of("a1");

    private InProgress of(String tag) {
        return InProgress.of(tag, status -> told.add(new String(status.line("*"), StandardCharsets.US_ASCII)), () -> now);
    }

    private void after(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void aLongCommandTellsNowAndThenHowFarItIs() throws IOException {
        after(9);
        progress.at(1, 100);
        assertEquals(List.of(), told, "a short one tells nothing");
        after(2);
        progress.at(20, 100);
        progress.at(21, 100);
        after(11);
        progress.at(0, 0);
        after(11);
        progress.at(100, 100);
        assertEquals(List.of("* OK [INPROGRESS (\"a1\" 20 100)] Still working\r\n", "* OK [INPROGRESS (\"a1\" NIL NIL)] Still working\r\n",
                "* OK [INPROGRESS (\"a1\" NIL NIL)] Still working\r\n"), told);
    }

    @Test
    void betweenCommandsNoneIsNamed() throws IOException {
        InProgress between = of("");
        after(11);
        between.at(1, 100);
        assertEquals(List.of("* OK [INPROGRESS] Still working\r\n"), told);
    }
}
