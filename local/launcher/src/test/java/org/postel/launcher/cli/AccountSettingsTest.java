package org.postel.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.launcher.UsageException;

/** {@code ./postel account show} and {@code set}. */
class AccountSettingsTest {

    private static final String ANN = "/api/v1/accounts/ann%40example.test";

    @TempDir
    Path root;

    @Test
    void onlyWhatIsGivenIsSent() throws IOException {
        try (AdminOnLoopback admin = new AdminOnLoopback(root)) {
            admin.answer = "{\"address\":\"ann@example.test\",\"status\":\"disabled\",\"protocols\":{\"imap\":true,\"pop3\":false},"
                    + "\"aliases\":[\"a@example.test\"]}";
            String shown = "0\nann@example.test (suspended)\n  imap on, pop3 off\n  also a@example.test\n";
            AccountCommand command = new AccountCommand(admin.api);
            assertEquals(shown, AdminOnLoopback.told(command, "set", "ann@example.test", "--pop3", "off", "--suspended", "on"));
            assertEquals(shown, AdminOnLoopback.told(command, "set", "ann@example.test", "--suspended", "off"));
            assertEquals(shown, AdminOnLoopback.told(command, "show", "ann@example.test"));
            assertEquals(List.of("PATCH " + ANN + "{\"protocols\":{\"pop3\":false},\"status\":\"disabled\"}",
                    "PATCH " + ANN + "{\"status\":\"active\"}", "GET " + ANN), admin.asked);
        }
    }

    @Test
    void mailIsForwardedAndNoLonger() throws IOException {
        try (AdminOnLoopback admin = new AdminOnLoopback(root)) {
            AccountCommand command = new AccountCommand(admin.api);
            admin.answer = "{\"address\":\"ann@example.test\",\"status\":\"active\",\"protocols\":{\"imap\":true},"
                    + "\"forwarding\":{\"targets\":[\"b@example.org\",\"c@example.org\"],\"keep\":false}}";
            assertEquals("0\nann@example.test\n  imap on\n  forwards to b@example.org, c@example.org and keeps none\n",
                    AdminOnLoopback.told(command, "forward", "ann@example.test", "b@example.org", "c@example.org", "--keep", "off"));
            AdminOnLoopback.told(command, "forward", "ann@example.test", "b@example.org");
            AdminOnLoopback.told(command, "forward", "ann@example.test", "none");
            assertEquals(List.of("PATCH " + ANN + "{\"forwarding\":{\"targets\":[\"b@example.org\",\"c@example.org\"],\"keep\":false}}",
                    "PATCH " + ANN + "{\"forwarding\":{\"targets\":[\"b@example.org\"]}}", "PATCH " + ANN + "{\"forwarding\":null}"), admin.asked);
            assertThrows(UsageException.class, () -> command.run(List.of("forward", "ann@example.test")));
        }
    }

    @Test
    void aVacationIsSetAndTakenAway() throws IOException {
        try (AdminOnLoopback admin = new AdminOnLoopback(root)) {
            AccountCommand command = new AccountCommand(admin.api);
            admin.answer = "{\"address\":\"ann@example.test\",\"status\":\"active\",\"protocols\":{\"imap\":true},"
                    + "\"vacation\":{\"subject\":\"away\",\"text\":\"t\",\"start\":null,\"end\":\"2026-07-16T00:00:00Z\",\"periodDays\":7}}";
            assertEquals("0\nann@example.test\n  imap on\n  answers \"away\" until 2026-07-16T00:00:00Z, each sender once in 7 days\n", AdminOnLoopback.told(command,
                    "vacation", "ann@example.test", "--subject", "away", "--text", "t", "--end", "2026-07-15", "--start", "none", "--days", "7"));
            admin.answer = admin.answer.replace("\"subject\"", "\"on\":false,\"subject\"");
            String off = AdminOnLoopback.told(command, "vacation", "ann@example.test", "off");
            assertTrue(off.endsWith("each sender once in 7 days (switched off)\n"), off);
            AdminOnLoopback.told(command, "vacation", "ann@example.test", "on");
            AdminOnLoopback.told(command, "vacation", "ann@example.test", "none");
            assertEquals(List.of("PATCH " + ANN + "{\"vacation\":{\"subject\":\"away\",\"text\":\"t\",\"start\":null,\"end\":\"2026-07-15\",\"periodDays\":7,\"on\":true}}",
                    "PATCH " + ANN + "{\"vacation\":{\"on\":false}}", "PATCH " + ANN + "{\"vacation\":{\"on\":true}}", "PATCH " + ANN + "{\"vacation\":null}"), admin.asked);
            for (List<String> wrong : List.of(List.of("vacation", "ann@example.test"), List.of("vacation", "ann@example.test", "off", "--text", "t"),
                    List.of("vacation", "ann@example.test", "maybe"), List.of("vacation", "ann@example.test", "--days", "x"))) {
                assertThrows(UsageException.class, () -> command.run(wrong));
            }
        }
    }

    @Test
    void aSwitchIsOnOrOffAndThereMustBeOne() throws IOException {
        try (AdminOnLoopback admin = new AdminOnLoopback(root)) {
            AccountCommand command = new AccountCommand(admin.api);
            assertThrows(UsageException.class, () -> command.run(List.of("set", "ann@example.test")));
            assertThrows(UsageException.class, () -> command.run(List.of("set", "ann@example.test", "--imap", "yes")));
            assertEquals(List.of(), admin.asked);
        }
    }
}
