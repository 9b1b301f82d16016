package org.postel.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./postel account log-ins}. */
class LogInsTest {

    @TempDir
    Path root;

    @Test
    void logInsAndSessionsAreShown() throws IOException {
        try (AdminOnLoopback admin = new AdminOnLoopback(root)) {
            AccountCommand command = new AccountCommand(admin.api);
            admin.answer = "{\"logIns\":[],\"sessions\":[]}";
            assertEquals("0\nNobody logged in to ann@example.test lately.\n", AdminOnLoopback.told(command, "log-ins", "ann@example.test"));
            admin.answer = "{\"logIns\":[{\"first\":\"2026-07-01T08:00:00Z\",\"last\":\"2026-07-01T12:00:00Z\",\"count\":3,\"protocol\":\"imap\","
                    + "\"mechanism\":\"password\",\"address\":\"192.0.2.1\",\"appPassword\":\"phone\",\"result\":\"granted\"},"
                    + "{\"first\":\"2026-07-01T08:00:00Z\",\"last\":\"2026-07-01T08:00:00Z\",\"count\":1,\"protocol\":\"pop3\","
                    + "\"mechanism\":\"SCRAM-SHA-256\",\"address\":\"\",\"appPassword\":null,\"result\":\"wrong\"}],"
                    + "\"sessions\":[{\"opened\":\"2026-07-01T12:00:00Z\",\"protocol\":\"imap\",\"address\":\"192.0.2.1\",\"appPassword\":\"phone\"}]}";
            assertEquals("""
                    0
                    in use    imap from 192.0.2.1 with "phone", since 2026-07-01T12:00:00Z
                    2026-07-01T12:00:00Z  granted  imap by password from 192.0.2.1 with "phone", 3 times that day since 2026-07-01T08:00:00Z
                    2026-07-01T08:00:00Z  wrong  pop3 by SCRAM-SHA-256 from many more addresses
                    """, AdminOnLoopback.told(command, "log-ins", "ann@example.test"));
            assertEquals(List.of("GET /api/v1/accounts/ann%40example.test/log-ins", "GET /api/v1/accounts/ann%40example.test/log-ins"), admin.asked);
        }
    }
}
