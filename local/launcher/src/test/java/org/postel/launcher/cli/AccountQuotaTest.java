package org.postel.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.launcher.UsageException;

/** {@code ./postel account quota}. */
class AccountQuotaTest {

    @TempDir
    Path root;

    @Test
    void whatIsNotGivenStays() throws IOException {
        try (AdminOnLoopback admin = new AdminOnLoopback(root)) {
            admin.answer = "{\"bytes\":null,\"messages\":7,\"heldBytes\":10,\"heldMessages\":2}";
            assertEquals("0\nann@example.test holds 10 bytes (no limit) and 2 messages of 7.\n",
                    AdminOnLoopback.told(new AccountCommand(admin.api), "quota", "ann@example.test", "--bytes", "5"));
            String path = "/api/v1/accounts/ann%40example.test/quota";
            assertEquals(List.of("GET " + path, "PUT " + path, "GET " + path),
                    admin.asked.stream().map(asked -> asked.replaceFirst("\\{.*", "")).toList());
            assertEquals(true, admin.asked.get(1).contains("\"bytes\":5") && admin.asked.get(1).contains("\"messages\":7"));
        }
    }

    @Test
    void aLimitIsANumberOrNone() throws IOException {
        try (AdminOnLoopback admin = new AdminOnLoopback(root)) {
            AccountCommand command = new AccountCommand(admin.api);
            assertThrows(UsageException.class, () -> command.run(List.of("quota", "ann@example.test", "--bytes", "much")));
        }
    }
}
