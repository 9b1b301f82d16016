package org.postel.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.launcher.UsageException;

/** {@code ./postel restored}. */
class RestoredCommandTest {

    private static final String POST = "POST /api/v1/restored/mailboxes?after=";

    @TempDir
    Path root;

    @Test
    void allPartsAreAskedForAndEachSaysWhereToGoOn() throws IOException {
        try (AdminOnLoopback admin = new AdminOnLoopback(root)) {
            admin.answers.addAll(List.of("{\"accounts\":100,\"mailboxes\":600,\"next\":\"a-b\"}", "{\"accounts\":3,\"mailboxes\":18,\"next\":null}"));
            assertEquals("""
                    0
                    100 accounts; what is cut off here goes on with --after a-b
                    618 mailboxes of 103 accounts give no UID again.
                    """, AdminOnLoopback.told(new RestoredCommand(admin.api)));
            assertEquals(List.of(POST, POST + "a-b"), admin.asked);
        }
    }

    @Test
    void aRunThatWasCutOffGoesOn() throws IOException {
        try (AdminOnLoopback admin = new AdminOnLoopback(root)) {
            admin.answer = "{\"accounts\":1,\"mailboxes\":6,\"next\":null}";
            AdminOnLoopback.told(new RestoredCommand(admin.api), "--after", "a-b");
            assertEquals(List.of(POST + "a-b"), admin.asked);
            assertThrows(UsageException.class, () -> new RestoredCommand(admin.api).run(List.of("INBOX")));
        }
    }
}
