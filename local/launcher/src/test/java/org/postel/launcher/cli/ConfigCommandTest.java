package org.postel.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.launcher.FailedException;
import org.postel.launcher.UsageException;
import org.postel.launcher.admin.AdminApi;
import org.postel.launcher.platform.DataFolder;

/** A file is applied to an admin API that keeps what it is told. */
class ConfigCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = """
            domains:
              - example.net
              - name: example.org
                sending: {recipientsPerHour: 500}
            accounts:
              - address: ann@example.org
                passwordFile: ann.secret
                protocols: {pop3: false}
                quota: {bytes: 1000}
                sending: {messagesPerDay: 50}
                forwarding: {targets: [x@other.test], keep: false}
                role: [example.org]
              - address: bob@example.org
            aliases:
              - address: info@example.org
                targets: [ann@example.org]
            """;

    @TempDir
    Path root;
    private final Map<String, JsonNode> kept = new TreeMap<>();
    private final List<String> changes = new ArrayList<>();
    private HttpServer server;
    private ConfigCommand command;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            byte[] answer = JSON.writeValueAsBytes(answer(exchange.getRequestMethod(), exchange.getRequestURI(), body.length == 0 ? null : JSON.readTree(body)));
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        DataFolder folder = new DataFolder(root);
        Files.createDirectories(folder.token("admin").getParent());
        Files.writeString(folder.token("admin"), "token");
        Files.writeString(root.resolve("ann.secret"), "annsecret\n");
        command = new ConfigCommand(new AdminApi(folder, server.getAddress().getPort()), root);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aFileIsAppliedAndThenThereIsNothingToDo() throws IOException {
        String told = apply(FILE);
        assertTrue(told.startsWith("""
                0
                + domain example.net
                + domain example.org
                    sending.recipientsPerHour: 500
                + account ann@example.org
                    passwordFile: ann.secret
                    protocols.pop3: false
                    quota.bytes: 1000
                    sending.messagesPerDay: 50
                    forwarding: {keep=false, targets=[x@other.test]}
                    role: [example.org]
                + account bob@example.org
                + alias info@example.org
                    targets: [ann@example.org]
                5 changes made.
                """), told);
        assertEquals("annsecret", kept.get("/accounts/ann@example.org").path("password").asText());
        assertTrue(kept.get("/accounts/bob@example.org").path("password").asText().length() > 10);
        changes.clear();
        assertEquals("0\nNothing to do.\n", apply(FILE));
        assertEquals(List.of(), changes);
    }

    @Test
    void onlyWhatDiffersIsChanged() throws IOException {
        apply(FILE);
        changes.clear();
        String other = FILE.replace("pop3: false", "pop3: true").replace("bytes: 1000", "bytes: 2000").replace("PerDay: 50", "PerDay: null").replace("PerHour: 500", "PerHour: 0").replace("[ann@example.org]", "[bob@example.org]");
        String told = """
                0
                ~ domain example.org
                    sending.recipientsPerHour: 500 -> 0
                ~ account ann@example.org
                    protocols.pop3: false -> true
                    quota.bytes: 1000 -> 2000
                    sending.messagesPerDay: 50 -> as configured
                ~ alias info@example.org
                    targets: [ann@example.org] -> [bob@example.org]
                """;
        assertEquals(told + "3 changes to make.\n", apply(other, "--dry-run"));
        assertEquals(List.of(), changes);
        assertEquals(told + "3 changes made.\n", apply(other));
        assertEquals(List.of("PATCH /domains/example.org {\"sending\":{\"recipientsPerHour\":0}}", "PATCH /accounts/ann@example.org {\"protocols\":{\"pop3\":true},\"sending\":{\"messagesPerDay\":null}}",
                "PUT /accounts/ann@example.org/quota {\"bytes\":2000,\"messages\":null}", "PUT /aliases/info@example.org {\"targets\":[\"bob@example.org\"]}"), changes);
    }

    @Test
    void nothingIsTakenAwayUnlessItIsAskedFor() throws IOException {
        apply(FILE);
        changes.clear();
        String less = "accounts:\n  - address: ann@example.org\naliases: []\n";
        assertEquals("0\nNothing to do.\n", apply(less));
        assertEquals("0\n- alias info@example.org\n- account bob@example.org\n2 changes made.\n", apply(less, "--prune"));
        assertEquals(List.of("DELETE /aliases/info@example.org", "DELETE /accounts/bob@example.org"), changes);
        assertTrue(kept.containsKey("/domains/example.org"), "the file names no domains, so they are not its matter");
    }

    @Test
    void whatIsExportedIsApplied() throws IOException {
        apply(FILE);
        String exported = AdminOnLoopback.told(command, "export").substring(2);
        assertTrue(exported.contains("  - address: ann@example.org\n    status: active\n    protocols:\n      imap: true\n      pop3: false\n"), exported);
        assertTrue(exported.contains("  - name: example.org\n    sending:\n      messagesPerHour: null\n      recipientsPerHour: 500\n"), exported);
        assertEquals(false, exported.contains("assword"));
        changes.clear();
        assertEquals("0\nNothing to do.\n", apply(exported, "--prune"));
        kept.clear();
        apply(exported);
        assertEquals(exported, AdminOnLoopback.told(command, "export").substring(2));
    }

    @Test
    void aHashIsGivenAndNotShown() throws IOException {
        String file = "accounts:\n  - address: ann@example.org\n    passwordHash: $argon2id$x\n";
        assertEquals("0\n+ account ann@example.org\n    passwordHash: (not shown)\n1 change made.\n", apply(file));
        assertEquals("$argon2id$x", kept.get("/accounts/ann@example.org").path("passwordHash").asText());
        assertEquals("0\nNothing to do.\n", apply(file));
    }

    @Test
    void aMissingSecretStopsBeforeItsAccount() {
        assertThrows(IOException.class, () -> apply(FILE.replace("ann.secret", "no.secret")));
        assertEquals(List.of("POST /domains", "POST /domains", "PATCH /domains/example.org"), changes.stream().map(change -> change.substring(0, change.indexOf(' ', 6))).toList());
    }

    @Test
    void nonsenseIsRefused() throws IOException {
        assertThrows(FailedException.class, () -> apply("accounts:\n  - x: y\n"));
        for (List<String> wrong : List.of(List.of("apply"), List.of("export", "x"), List.of("fly"), List.of("apply", "x", "--force"))) {
            assertThrows(UsageException.class, () -> command.run(wrong));
        }
        assertEquals(List.of(), changes);
    }

    private String apply(String text, String... options) throws IOException {
        Files.writeString(root.resolve("mail.yaml"), text);
        List<String> words = new ArrayList<>(List.of("apply", "mail.yaml"));
        words.addAll(List.of(options));
        return AdminOnLoopback.told(command, words.toArray(String[]::new));
    }

    /** What the real one does, as far as the command asks it. */
    private JsonNode answer(String method, URI uri, JsonNode body) {
        String path = URLDecoder.decode(uri.getRawPath().substring("/api/v1".length()), StandardCharsets.UTF_8);
        if (!method.equals("GET")) {
            changes.add(method + " " + path + (body == null || path.equals("/accounts") ? "" : " " + body));
        }
        String field = path.endsWith("/quota") ? "quota" : path.endsWith("/role") ? "role" : "";
        String key = field.isEmpty() ? path : path.substring(0, path.length() - field.length() - 1);
        switch (method) {
            case "POST" -> {
                String name = path.equals("/domains") ? body.path("name").asText() : body.path("address").asText();
                kept.put(path + "/" + name, path.equals("/accounts") ? ((ObjectNode) body).put("status", "active").set("protocols",
                        JSON.createObjectNode().put("imap", true).put("pop3", true).put("submission", true)) : body);
            }
            case "PUT", "PATCH" -> {
                ObjectNode thing = (ObjectNode) kept.get(key);
                if (field.isEmpty()) {
                    ObjectNode protocols = thing.withObject("protocols");
                    body.path("protocols").properties().forEach(each -> protocols.set(each.getKey(), each.getValue()));
                    body.properties().stream().filter(each -> !each.getKey().equals("protocols")).forEach(each -> thing.set(each.getKey(), each.getValue()));
                } else {
                    thing.set(field, body);
                }
            }
            case "DELETE" -> {
                if (field.isEmpty()) {
                    kept.remove(key);
                } else {
                    ((ObjectNode) kept.get(key)).remove(field);
                }
            }
            default -> {
                return field.isEmpty() ? JSON.valueToTree(kept.entrySet().stream().filter(each -> each.getKey().startsWith(path + "/")).map(Map.Entry::getValue).toList())
                        : kept.get(key).path(field).isMissingNode() ? JSON.createObjectNode() : kept.get(key).path(field);
            }
        }
        return JSON.createObjectNode();
    }
}
