package org.postel.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.launcher.UsageException;

/** {@code ./postel account limits} and {@code ./postel domain limits}. */
class SendingLimitsTest {

    @TempDir
    Path root;

    @Test
    void whatIsGivenIsChangedAndAllIsShown() throws IOException {
        try (AdminOnLoopback admin = new AdminOnLoopback(root)) {
            admin.answer = "{\"address\":\"ann@example.test\",\"sending\":{\"messagesPerHour\":100,\"recipientsPerHour\":null,\"messagesPerDay\":0,\"recipientsPerDay\":null}}";
            String shown = "0\nann@example.test may send 100 messages in an hour, any number of messages in a day, else as configured.\n";
            AccountCommand command = new AccountCommand(admin.api);
            assertEquals(shown, AdminOnLoopback.told(command, "limits", "ann@example.test", "--messages-per-hour", "100", "--messages-per-day", "none",
                    "--recipients-per-day", "configured"));
            assertEquals(shown, AdminOnLoopback.told(command, "limits", "ann@example.test"));
            String path = "/api/v1/accounts/ann%40example.test";
            assertEquals(List.of("PATCH " + path + "{\"sending\":{\"messagesPerHour\":100,\"messagesPerDay\":0,\"recipientsPerDay\":null}}", "GET " + path), admin.asked);
            admin.answer = "{\"address\":\"ann@example.test\",\"sending\":{}}";
            assertEquals("0\nann@example.test may send as configured.\n", AdminOnLoopback.told(command, "limits", "ann@example.test"));
        }
    }

    @Test
    void thoseOfADomainAreSetInTheSameWords() throws IOException {
        try (AdminOnLoopback admin = new AdminOnLoopback(root)) {
            admin.answer = "{\"name\":\"example.test\",\"sending\":{\"messagesPerHour\":100,\"recipientsPerHour\":null,\"messagesPerDay\":0,\"recipientsPerDay\":null}}";
            String shown = "0\nAll accounts of example.test together may send 100 messages in an hour, any number of messages in a day, else as configured.\n";
            DomainCommand command = new DomainCommand(admin.api);
            assertEquals(shown, AdminOnLoopback.told(command, "limits", "example.test", "--messages-per-hour", "100", "--messages-per-day", "none",
                    "--recipients-per-day", "configured"));
            assertEquals(shown, AdminOnLoopback.told(command, "limits", "example.test"));
            String path = "/api/v1/domains/example.test";
            assertEquals(List.of("PATCH " + path + "{\"sending\":{\"messagesPerHour\":100,\"messagesPerDay\":0,\"recipientsPerDay\":null}}", "GET " + path), admin.asked);
        }
    }

    @Test
    void aLimitIsANumberNoneOrConfigured() throws IOException {
        try (AdminOnLoopback admin = new AdminOnLoopback(root)) {
            AccountCommand command = new AccountCommand(admin.api);
            assertThrows(UsageException.class, () -> command.run(List.of("limits", "ann@example.test", "--messages-per-day", "few")));
            DomainCommand domains = new DomainCommand(admin.api);
            assertThrows(UsageException.class, () -> domains.run(List.of("limits", "example.test", "--messages-per-day", "few")));
            assertThrows(UsageException.class, () -> domains.run(List.of("limits", "--messages-per-day", "1")));
            assertEquals(List.of(), admin.asked);
        }
    }
}
