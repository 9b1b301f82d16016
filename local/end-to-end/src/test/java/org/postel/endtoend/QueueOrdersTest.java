package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.launcher.FailedException;
import org.postel.launcher.platform.Port;

/** An operator looks at mail that waits an hour for its next attempt, and steers it. */
@Order(SharedPlatform.Turn.OF_OBSERVED)
@Timeout(120)
class QueueOrdersTest {

    private static final String DOMAIN = "site.example.org";
    private static final String NOT_NOW = "451 4.2.1 Come back later";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final RemoteServer SITE = RemoteServer.open(Stall.none());

    private static RunningPlatform platform;
    private static List<String> lastSteps = List.of();

    /** Of the platform that it shares. */
    static void configure(Map<String, String> settings) {
        settings.put("postel.queue.retry-tiers", "2s,1h");
        settings.put("postel.delivery.retry-schedule", "1h");
        settings.put("postel.delivery.next-hops.\"" + DOMAIN + "\"", "127.0.0.1:" + SITE.port());
        settings.put("postel.mailbox.transit.settle", "1s");
    }

    @BeforeAll
    static void start() {
        platform = SharedPlatform.OBSERVED.running();
    }

    @Test
    void whatWaitsIsListedAndTriedAtOnceWhenOrdered() throws IOException, InterruptedException {
        Account alice = platform.account();
        String id = deferred(alice, "retry");
        JsonNode entry = only(platform.admin().get("/queue/" + id));
        assertEquals(List.of("deferred", "retry@" + DOMAIN, alice.address(), 1), List.of(entry.path("state").asText(),
                entry.path("recipients").path(0).asText(), entry.path("sender").asText(), entry.path("attempts").asInt()));
        assertTrue(entry.path("reason").asText().contains(NOT_NOW), entry.toString());
        assertTrue(listed("?domain=" + DOMAIN).contains(id));
        assertTrue(listed("?sender=" + alice.address()).contains(id));
        assertTrue(!listed("?domain=other.example.org").contains(id));

        platform.admin().post("/queue/" + id + "/retry", Map.of());
        SITE.next("retry@" + DOMAIN, (int) SOON.toSeconds());
        await("no longer listed", () -> !listed("").contains(id));
        await("its whole journey", () -> steps(id).equals(List.of("accepted", "routed", "deferred", "relayed")));
        assertEquals(0, SITE.waiting(), "it was relayed twice");
        assertEquals(id, only(platform.admin().get("/trace?id=" + encoded(messageId("retry")))).path("id").asText());
    }

    @Test
    void heldMailWaitsUntilItIsReleased() throws IOException, InterruptedException {
        String id = deferred(platform.account(), "held");
        platform.admin().post("/queue/" + id + "/hold", Map.of());
        await("held", () -> states(id).equals(List.of("held")));
        assertEquals(0, SITE.waiting(), "held mail was relayed");
        platform.admin().post("/queue/" + id + "/release", Map.of());
        SITE.next("held@" + DOMAIN, (int) SOON.toSeconds());
        await("its whole journey", () -> steps(id).equals(List.of("accepted", "routed", "deferred", "held", "released", "relayed")));
    }

    @Test
    void bouncedMailIsToldItsSenderAndDeletedMailIsNot() throws IOException {
        Account alice = platform.account();
        String deleted = deferred(alice, "deleted");
        String bounced = deferred(alice, "bounced");
        platform.admin().post("/queue/" + deleted + "/delete", Map.of());
        await("deleted", () -> steps(deleted).contains("deleted") && !listed("").contains(deleted));
        platform.admin().post("/queue/" + bounced + "/bounce", Map.of());
        String report = new String(Inbox.of(platform.port(Port.IMAP), alice, 1).getFirst(), StandardCharsets.UTF_8);
        assertTrue(report.contains("Status: 5.0.0") && report.contains("bounced@" + DOMAIN) && !report.contains("deleted@"), report);
        await("not listed", () -> !listed("").contains(bounced));
    }

    @Test
    void whatIsNotQueuedCannotBeOrderedAbout() {
        for (String order : List.of("retry", "hold", "release", "bounce", "delete")) {
            FailedException refused = assertThrows(FailedException.class,
                    () -> platform.admin().post("/queue/01234567890123456789012345/" + order, Map.of()));
            assertTrue(refused.getMessage().startsWith("Refused: nothing of 01234567890123456789012345 is queued"), refused.getMessage());
        }
        assertThrows(FailedException.class, () -> platform.admin().post("/queue/nonsense/retry", Map.of()));
        assertThrows(FailedException.class, () -> platform.admin().get("/queue?limit=0"));
        assertThrows(FailedException.class, () -> platform.admin().post("/dead-letters/01234567890123456789012345/replay", Map.of()));
        assertThrows(FailedException.class, () -> platform.admin().get("/trace?id=" + encoded("<nobody@example.test>")));
    }

    /** The queue id of a mail that the other site did not want yet. */
    private static String deferred(Account from, String to) throws IOException {
        SITE.refuse(to + "@" + DOMAIN, NOT_NOW, 1);
        try (SmtpClient smtp = SmtpClient.connect(platform.port(Port.SUBMISSION)).startTls()) {
            smtp.login(from);
            String reply = smtp.send(from.address(), to + "@" + DOMAIN, Messages.plain(from.address(), to + "@" + DOMAIN, to));
            assertTrue(reply.startsWith("250"), reply);
            String id = reply.substring(reply.lastIndexOf(' ') + 1);
            await("deferred", () -> states(id).equals(List.of("deferred")));
            return id;
        }
    }

    /** As {@link Messages#plain} makes it. */
    private static String messageId(String to) {
        return "<" + Integer.toHexString(to.hashCode()) + "." + to + "@" + DOMAIN + ">";
    }

    private static List<String> listed(String query) throws IOException {
        List<String> ids = new ArrayList<>();
        platform.admin().get("/queue" + query).path("entries").forEach(entry -> ids.add(entry.path("id").asText()));
        return ids;
    }

    private static List<String> states(String id) throws IOException {
        List<String> states = new ArrayList<>();
        try {
            platform.admin().get("/queue/" + id).forEach(entry -> states.add(entry.path("state").asText()));
        } catch (FailedException notYet) {
            return List.of();
        }
        return states;
    }

    private static List<String> steps(String id) throws IOException {
        List<String> steps = new ArrayList<>();
        try {
            platform.admin().get("/trace?id=" + id).path(0).path("steps").forEach(step -> steps.add(step.path("step").asText()));
        } catch (FailedException notYet) {
            return List.of();
        }
        lastSteps = steps;
        return steps;
    }

    private static JsonNode only(JsonNode list) {
        assertEquals(1, list.size(), list.toString());
        return list.path(0);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private interface Condition {
        boolean reached() throws IOException;
    }

    private static void await(String what, Condition condition) throws IOException {
        long end = System.nanoTime() + SOON.toNanos();
        while (!condition.reached()) {
            assertTrue(System.nanoTime() - end < 0, "not within " + SOON.toSeconds() + " s: " + what + "; " + lastSteps);
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }
}
