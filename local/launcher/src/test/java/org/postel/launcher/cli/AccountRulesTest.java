package org.postel.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.launcher.FailedException;
import org.postel.launcher.UsageException;

/** {@code ./postel account rules}. */
class AccountRulesTest {

    private static final String PATH = "/api/v1/accounts/ann%40example.test/rules";
    private static final String YAML = """
            rules:
            - name: Lists
              conditions:
              - field: list-id
                test: contains
                value: '*'
              folder: Lists
            """;
    private static final String JSON =
            "{\"rules\":[{\"name\":\"Lists\",\"conditions\":[{\"field\":\"list-id\",\"test\":\"contains\",\"value\":\"*\"}],\"folder\":\"Lists\"}]}";

    @TempDir
    Path root;

    @Test
    void whatIsShownCanBeGivenBack() throws IOException {
        try (AdminOnLoopback admin = new AdminOnLoopback(root)) {
            AccountCommand command = new AccountCommand(admin.api);
            admin.answer = JSON.replaceFirst("}$", ",\"since\":\"2026-01-01T00:00:00Z\"}");
            String shown = AdminOnLoopback.told(command, "rules", "ann@example.test");
            assertEquals("0\n" + YAML, shown);
            Path file = Files.writeString(root.resolve("rules.yaml"), YAML);
            assertEquals("0\n1 rules, for mail that is accepted from 2026-01-01T00:00:00Z on.\n",
                    AdminOnLoopback.told(command, "rules", "ann@example.test", "--set", file.toString()));
            AdminOnLoopback.told(command, "rules", "ann@example.test", "--set", Files.writeString(root.resolve("rules.json"), JSON).toString());
            assertEquals(List.of("GET " + PATH, "PUT " + PATH + JSON, "PUT " + PATH + JSON), admin.asked);
        }
    }

    @Test
    void rulesAreShownAsAScript() throws IOException {
        try (AdminOnLoopback admin = new AdminOnLoopback(root)) {
            admin.answer = "# Lists\r\nkeep;\r\n";
            assertEquals("0\n# Lists\r\nkeep;\r\n", AdminOnLoopback.told(new AccountCommand(admin.api), "rules", "ann@example.test", "--sieve"));
            assertEquals(List.of("GET " + PATH + "/sieve"), admin.asked);
        }
    }

    @Test
    void whatIsMissingIsSaid() throws IOException {
        try (AdminOnLoopback admin = new AdminOnLoopback(root)) {
            AccountCommand command = new AccountCommand(admin.api);
            for (List<String> words : List.of(List.of("rules"), List.of("rules", "--sieve"), List.of("rules", "ann@example.test", "--set"),
                    List.of("rules", "ann@example.test", "file"))) {
                assertThrows(UsageException.class, () -> command.run(words));
            }
            String absent = root.resolve("absent").toString();
            assertThrows(FailedException.class, () -> command.run(List.of("rules", "ann@example.test", "--set", absent)));
            String broken = Files.writeString(root.resolve("broken"), "rules: [").toString();
            assertThrows(FailedException.class, () -> command.run(List.of("rules", "ann@example.test", "--set", broken)));
            assertEquals(List.of(), admin.asked);
        }
    }
}
