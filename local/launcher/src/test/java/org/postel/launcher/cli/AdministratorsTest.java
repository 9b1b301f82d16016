package org.postel.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.launcher.UsageException;

/** Roles, tokens, and what was done. */
class AdministratorsTest {

    private static final String TOKEN = "{\"id\":\"1f\",\"name\":\"ci\",\"scopes\":[\"accounts:read\",\"queue:write\"],\"domains\":[\"example.org\"],"
            + "\"maker\":\"launcher\",\"ends\":\"2026-07-01T00:00:00Z\"}";

    @TempDir
    Path root;

    @Test
    void aTokenIsMadeShownOnceAndRevoked() throws IOException {
        try (AdminOnLoopback admin = new AdminOnLoopback(root)) {
            TokenCommand command = new TokenCommand(admin.api);
            admin.answer = "{\"token\":" + TOKEN + ",\"text\":\"a.b.c\"}";
            assertEquals("0\n1f  ci: accounts:read, queue:write of example.org, until 2026-07-01T00:00:00Z, made by launcher\nIt is shown here only:\na.b.c\n",
                    AdminOnLoopback.told(command, "create", "ci", "--scope", "accounts:read,queue:write", "--domain", "example.org", "--days", "7"));
            AdminOnLoopback.told(command, "create", "--scope", "queue:read", "--account", "ann@example.org");
            admin.answer = "[" + TOKEN + "]";
            AdminOnLoopback.told(command, "list");
            AdminOnLoopback.told(command, "revoke", "1f");
            assertEquals(List.of(
                    "POST /api/v1/tokens{\"name\":\"ci\",\"scopes\":[\"accounts:read\",\"queue:write\"],\"domains\":[\"example.org\"],\"days\":7}",
                    "POST /api/v1/tokens{\"name\":\"command line\",\"scopes\":[\"queue:read\"],\"account\":\"ann@example.org\",\"days\":30}",
                    "GET /api/v1/tokens", "DELETE /api/v1/tokens/1f"), admin.asked);
            for (List<String> wrong : List.of(List.of("create"), List.of("create", "a", "b", "--scope", "x"), List.of("create", "--scope", "x", "--days", "x"),
                    List.of("revoke"), List.of("fly"))) {
                assertThrows(UsageException.class, () -> command.run(wrong));
            }
        }
    }

    @Test
    void aRoleIsShownGivenAndTaken() throws IOException {
        try (AdminOnLoopback admin = new AdminOnLoopback(root)) {
            AccountCommand command = new AccountCommand(admin.api);
            admin.answer = "{\"everywhere\":false,\"domains\":[]}";
            assertEquals("0\nann@example.org administers nothing.\n", AdminOnLoopback.told(command, "role", "ann@example.org"));
            AdminOnLoopback.told(command, "role", "ann@example.org", "none");
            admin.answer = "{\"everywhere\":true}";
            assertEquals("0\nann@example.org administers everything.\n", AdminOnLoopback.told(command, "role", "ann@example.org", "global"));
            admin.answer = "{\"everywhere\":false,\"domains\":[\"a.test\",\"b.test\"]}";
            assertEquals("0\nann@example.org administers a.test, b.test.\n", AdminOnLoopback.told(command, "role", "ann@example.org", "a.test", "b.test"));
            String path = " /api/v1/accounts/ann%40example.org/role";
            assertEquals(List.of("GET" + path, "DELETE" + path, "GET" + path, "PUT" + path + "{\"everywhere\":true}", "GET" + path,
                    "PUT" + path + "{\"domains\":[\"a.test\",\"b.test\"]}", "GET" + path), admin.asked);
        }
    }

    @Test
    void anAccountIsDeletedRestoredAndRemoved() throws IOException {
        try (AdminOnLoopback admin = new AdminOnLoopback(root)) {
            AccountCommand command = new AccountCommand(admin.api);
            AdminOnLoopback.told(command, "remove", "ann@example.org");
            assertEquals("0\nann@example.org and its mail are gone.\n", AdminOnLoopback.told(command, "remove", "ann@example.org", "--now"));
            assertEquals("0\nann@example.org is there again.\n", AdminOnLoopback.told(command, "restore", "ann@example.org"));
            admin.answer = "[{\"address\":\"ann@example.org\",\"since\":\"s\",\"removed\":\"r\"}]";
            assertEquals("0\nann@example.org  deleted at s, removed at r\n", AdminOnLoopback.told(command, "deleted"));
            String path = " /api/v1/accounts/ann%40example.org";
            assertEquals(List.of("DELETE" + path, "DELETE" + path + "?now=true", "POST" + path + "/restore{}", "GET /api/v1/deleted-accounts"), admin.asked);
        }
    }

    @Test
    void theAuditLogIsShownInParts() throws IOException {
        try (AdminOnLoopback admin = new AdminOnLoopback(root)) {
            AuditCommand command = new AuditCommand(admin.api);
            admin.answer = "{\"entries\":[{\"at\":\"2026-07-01T08:00:00Z\",\"who\":\"launcher\",\"from\":\"127.0.0.1\",\"what\":\"account.add\","
                    + "\"on\":\"ann@example.org\",\"detail\":\"{}\",\"outcome\":\"done\"}],\"next\":\"n\"}";
            assertEquals("0\n2026-07-01T08:00:00Z  launcher from 127.0.0.1: account.add ann@example.org {}: done\nThere is more: --after n\n",
                    AdminOnLoopback.told(command, "--day", "2026-07-01"));
            admin.answer = "{\"entries\":[]}";
            assertEquals("0\nNothing was done.\n", AdminOnLoopback.told(command));
            assertEquals(List.of("GET /api/v1/audit?day=2026-07-01", "GET /api/v1/audit"), admin.asked);
        }
    }
}
