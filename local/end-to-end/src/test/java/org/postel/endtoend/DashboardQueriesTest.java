package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postel.engines.SourceTree;
import org.postel.launcher.platform.Port;

/**
 * A real Prometheus scrapes a platform that has something to do, and each query of each panel of Grafana's dashboards finds something. What they
 * found is drawn into target/dashboards, from where docs/dashboards has its pictures.
 */
@Tag("dashboards")
@Timeout(400)
class DashboardQueriesTest {

    private static final RunningPlatform PLATFORM = RunningPlatform.shared();
    private static final RemoteServer REMOTE = RemoteServer.shared();
    private static final Duration LIMIT = Duration.ofMinutes(3);
    /** What the pictures show. */
    private static final Duration SHOWN = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Path PICTURES = Path.of("target", "dashboards");
    private static final Map<String, List<Integer>> TARGETS = Map.of(
            "smtp-gateway", PLATFORM.ports(Port.SMTP_HEALTH), "imap-gateway", PLATFORM.ports(Port.IMAP_HEALTH), "pop3-gateway", PLATFORM.ports(Port.POP3_HEALTH),
            "delivery-worker", PLATFORM.ports(Port.WORKER_HEALTH), "mailbox-service", PLATFORM.ports(Port.MAILBOX_HEALTH));

    @TempDir
    Path folder;

    @Test
    void everyPanelShowsSomething() throws IOException {
        Map<String, String> queries = queries();
        assertTrue(queries.size() > 50, "of each of seven dashboards: " + queries.size());
        REMOTE.answer("nobody@remote.example.org", "550 5.1.1 No such user here");
        Account alice = PLATFORM.account();
        // Of another one, since wrong passwords close an account for a while.
        Account wrong = new Account(PLATFORM.account().address(), "wrong");
        try (Prometheus prometheus = Prometheus.start(folder, TARGETS); MailLoad load = new MailLoad(PLATFORM, 3)) {
            load.send(2);
            load.append(2);
            long begun = System.nanoTime();
            long shown = begun + SHOWN.toNanos();
            long end = begun + LIMIT.toNanos();
            while (System.nanoTime() - shown < 0 || !queries.isEmpty() && System.nanoTime() - end < 0) {
                everythingOnce(alice, wrong);
                for (String panel : List.copyOf(queries.keySet())) {
                    if (prometheus.series(queries.get(panel)) > 0) {
                        queries.remove(panel);
                    }
                }
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
            DashboardPicture picture = new DashboardPicture(prometheus, SHOWN);
            for (Path dashboard : dashboards()) {
                String name = dashboard.getFileName().toString().replace(".json", ".png");
                picture.draw(new ObjectMapper().readTree(dashboard.toFile()), PICTURES.resolve(name));
                assertTrue(Files.size(PICTURES.resolve(name)) > 0, name);
            }
        }
        assertEquals(Map.of(), queries, "queries that found nothing");
    }

    /** A mail that is relayed, one that bounces, log-ins right and wrong, and a look over IMAP and POP3. */
    private static void everythingOnce(Account alice, Account wrong) throws IOException {
        try (SmtpClient smtp = SmtpClient.connect(PLATFORM.port(Port.SUBMISSION)).startTls()) {
            smtp.login(alice);
            for (String to : List.of("bob@remote.example.org", "nobody@remote.example.org")) {
                assertTrue(smtp.send(alice.address(), to, Messages.plain(alice.address(), to, "to be seen")).startsWith("250"));
            }
        }
        try (ImapClient imap = ImapClient.inbox(PLATFORM.port(Port.IMAP), alice)) {
            imap.ok("FETCH 1:* (FLAGS)");
            imap.say("NONSENSE");
        }
        try (ImapClient imap = ImapClient.connect(PLATFORM.port(Port.IMAP))) {
            imap.tryLogin(wrong);
        }
        try (Pop3Client pop3 = Pop3Client.connectTls(PLATFORM.port(Port.POP3S))) {
            pop3.login(alice);
            pop3.say("STAT");
            pop3.say("QUIT");
        }
    }

    /** Each query, by dashboard, panel and letter. */
    private static Map<String, String> queries() throws IOException {
        Map<String, String> queries = new LinkedHashMap<>();
        for (Path dashboard : dashboards()) {
            for (JsonNode panel : new ObjectMapper().readTree(dashboard.toFile()).get("panels")) {
                panel.get("targets").forEach(target -> queries.put(dashboard.getFileName() + ", " + panel.get("title").asText() + ", "
                        + target.get("refId").asText(), target.get("expr").asText()));
            }
        }
        return queries;
    }

    private static List<Path> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(SourceTree.find().root().resolve("k8s/components/monitoring/dashboards"))) {
            return files.sorted().toList();
        }
    }
}
