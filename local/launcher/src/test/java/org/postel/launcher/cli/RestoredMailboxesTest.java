package org.postel.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./postel up --restored} does before it lets anybody in. */
class RestoredMailboxesTest {

    private static final String POST = "POST /api/v1/restored/mailboxes?after=";

    private final List<String> told = new ArrayList<>();

    @TempDir
    Path root;

    @Test
    void allPartsAreAskedForEachWithATokenThatIsGood() throws IOException {
        try (AdminOnLoopback admin = new AdminOnLoopback(root)) {
            admin.answers.addAll(List.of("{\"accounts\":100,\"mailboxes\":600,\"next\":\"a-b\"}", "{\"accounts\":3,\"mailboxes\":18,\"next\":null}"));
            new RestoredMailboxes(admin.api).advance(() -> told.add("renewed"), told::add);
            assertEquals(List.of("renewed", "600 mailboxes of 100 accounts give no UID again ...",
                    "renewed", "618 mailboxes of 103 accounts give no UID again."), told);
            assertEquals(List.of(POST, POST + "a-b"), admin.asked);
        }
    }

    @Test
    void whereNothingAnswersItFails() throws IOException {
        AdminOnLoopback admin = new AdminOnLoopback(root);
        admin.close();
        assertThrows(RuntimeException.class, () -> new RestoredMailboxes(admin.api).advance(() -> { }, told::add));
        assertEquals(List.of(), told);
    }
}
