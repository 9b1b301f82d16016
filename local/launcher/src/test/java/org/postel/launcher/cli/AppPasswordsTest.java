package org.postel.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.launcher.UsageException;

/** {@code ./postel account app-password}. */
class AppPasswordsTest {

    private static final String PATH = "/api/v1/accounts/ann%40example.test/app-passwords";

    @TempDir
    Path root;

    @Test
    void oneIsAddedListedAndRemoved() throws IOException {
        try (AdminOnLoopback admin = new AdminOnLoopback(root)) {
            AccountCommand command = new AccountCommand(admin.api);
            admin.answer = "{\"id\":\"abcd\",\"password\":\"abcd-efgh\"}";
            assertEquals("0\nThe password for my phone is abcd-efgh and is not shown again.\n",
                    AdminOnLoopback.told(command, "app-password", "add", "ann@example.test", "my phone", "--protocols", "imap,pop3"));
            admin.answer = "[{\"id\":\"abcd\",\"name\":\"my phone\",\"protocols\":[\"imap\"],\"lastUse\":null},"
                    + "{\"id\":\"efgh\",\"name\":\"desk\",\"protocols\":[\"imap\",\"pop3\"],"
                    + "\"lastUse\":{\"at\":\"2026-01-01T00:00:00Z\",\"protocol\":\"pop3\",\"address\":\"192.0.2.1\"}}]";
            assertEquals("0\nabcd  my phone (imap), never used\nefgh  desk (imap, pop3), used 2026-01-01T00:00:00Z for pop3 from 192.0.2.1\n",
                    AdminOnLoopback.told(command, "app-password", "list", "ann@example.test"));
            assertEquals("0\nabcd opens nothing any more.\n", AdminOnLoopback.told(command, "app-password", "remove", "ann@example.test", "abcd"));
            assertEquals(List.of("POST " + PATH + "{\"name\":\"my phone\",\"protocols\":[\"imap\",\"pop3\"]}", "GET " + PATH, "DELETE " + PATH + "/abcd"),
                    admin.asked);
        }
    }

    @Test
    void whatIsMissingIsSaid() throws IOException {
        try (AdminOnLoopback admin = new AdminOnLoopback(root)) {
            AccountCommand command = new AccountCommand(admin.api);
            for (List<String> words : List.of(List.of("app-password"), List.of("app-password", "add", "ann@example.test"),
                    List.of("app-password", "change", "ann@example.test"))) {
                assertThrows(UsageException.class, () -> command.run(words));
            }
            assertEquals(List.of(), admin.asked);
        }
    }
}
