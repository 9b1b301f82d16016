package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.launcher.FailedException;
import org.postel.launcher.platform.Port;
import org.postel.mailbox.api.MailboxClientSettings;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.mailbox.api.v1.KeepPolicyRequest;
import org.postel.mailbox.api.v1.StsPolicy;
import org.postel.trust.dns.LocalDns;

/**
 * A domain said once that its mail goes to other servers, and under TLS only; now somebody keeps its MTA-STS record from us and
 * says in DNS that the mail goes to a server of his. The worker that sends it never fetched the policy: RFC 8461 §10.2, SAFETY row 6.
 */
@Order(SharedPlatform.Turn.OF_OBSERVED)
@Timeout(120)
class KeptPolicyTest {

    private static final String PROTECTED = "protected.example.org";
    private static final String OPEN = "open.example.org";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final RemoteServer SERVER = RemoteServer.open(Stall.none());
    private static final InetSocketAddress DNS = dns();

    private static RunningPlatform platform;

    /** Of the platform that it shares. */
    static void configure(Map<String, String> settings) {
        settings.put("postel.delivery.dns.resolver", "127.0.0.1:" + DNS.getPort());
        settings.put("postel.delivery.relay.port", Integer.toString(SERVER.port()));
        settings.put("postel.delivery.relay.to-loopback", "true");
    }

    private static InetSocketAddress dns() {
        try {
            return new LocalDns().with(PROTECTED, "MX", 60, "10 mx.example.org.").with(OPEN, "MX", 60, "10 mx.example.org.")
                    .with("mx.example.org", "A", 60, "127.0.0.1").address();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @BeforeAll
    static void start() {
        platform = SharedPlatform.OBSERVED.running();
    }

    @Test
    void whoKeepsThePolicyFromAWorkerGetsNoMail() throws IOException, InterruptedException {
        keepPolicy();
        Account alice = platform.account();
        String id = submitted(alice, "bob@" + PROTECTED);
        submitted(alice, "bob@" + OPEN);
        SERVER.next("bob@" + OPEN, (int) SOON.toSeconds());
        long end = System.nanoTime() + SOON.toNanos();
        while (!waits(id)) {
            assertTrue(System.nanoTime() - end < 0, "its mail does not wait");
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
        assertEquals(0, SERVER.waiting(), "it got mail that is not for it");
    }

    /** As another delivery-worker does that fetched it. */
    private static void keepPolicy() {
        List<String> pods = platform.ports(Port.GRPC).stream().map(port -> "127.0.0.1:" + port).toList();
        try (MailboxServiceClient worker = new MailboxServiceClient(MailboxClientSettings.of(pods, platform.platform().folder().token("delivery-worker")))) {
            Instant now = Instant.now();
            assertTrue(worker.policies().keep(KeepPolicyRequest.newBuilder().setPolicy(StsPolicy.newBuilder().setDomain(PROTECTED).setId("1")
                    .setText("version: STSv1\nmode: enforce\nmx: mx." + PROTECTED + "\nmax_age: 604800\n")
                    .setFetchedAt(now.toEpochMilli()).setEndsAt(now.plus(Duration.ofDays(7)).toEpochMilli())).build(), SOON).getKept());
        }
    }

    private static String submitted(Account from, String to) throws IOException {
        try (SmtpClient smtp = SmtpClient.connect(platform.port(Port.SUBMISSION)).startTls()) {
            smtp.login(from);
            String reply = smtp.send(from.address(), to, Messages.plain(from.address(), to, "for " + to));
            assertTrue(reply.startsWith("250"), reply);
            return reply.substring(reply.lastIndexOf(' ') + 1);
        }
    }

    private static boolean waits(String id) throws IOException {
        try {
            return platform.admin().get("/queue/" + id).path(0).path("reason").asText().startsWith("4.7.5 ");
        } catch (FailedException notYet) {
            return false;
        }
    }
}
