package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.launcher.platform.Port;
import org.postel.launcher.platform.Ports;
import org.postel.launcher.platform.Replica;
import org.postel.launcher.platform.ServiceName;

/**
 * The images that local/images/build made, as restricted as the pods of k8s/base run them, beside a platform whose Kafka and
 * Cassandra they use: one mail goes through all five. Run by {@code ./postel test images}.
 */
@Tag("images")
@Timeout(300)
class ImagesTest {

    /** As the limits of memory in k8s/base. */
    private static final Map<ServiceName, String> MEMORY = Map.of(ServiceName.SMTP_GATEWAY, "768m", ServiceName.IMAP_GATEWAY, "768m",
            ServiceName.POP3_GATEWAY, "512m", ServiceName.DELIVERY_WORKER, "768m", ServiceName.MAILBOX_SERVICE, "1g");

    private static final Map<ServiceName, Container> CONTAINERS = new EnumMap<>(ServiceName.class);
    private static final Map<ServiceName, Ports> PORTS = new EnumMap<>(ServiceName.class);
    private static RunningPlatform platform;

    @BeforeAll
    static void start() throws IOException {
        platform = RunningPlatform.start(RunningPlatform.impatient());
        Ports store = run(ServiceName.MAILBOX_SERVICE, Map.of());
        Map<String, String> settings = Map.of("postel.mailbox-client.addresses", "127.0.0.1:" + store.number(Port.GRPC));
        for (ServiceName service : ServiceName.values()) {
            if (service != ServiceName.MAILBOX_SERVICE) {
                run(service, settings);
            }
        }
        // What is left of the platform are Kafka and Cassandra.
        for (ServiceName service : ServiceName.values()) {
            platform.platform().service(service).kill();
        }
    }

    @AfterAll
    static void stop() {
        CONTAINERS.values().forEach(Container::remove);
        platform.close();
    }

    @Test
    void aMailGoesThroughAllOfThemAndEachEndsInGoodOrder() throws IOException {
        Account account = new Account("inside@example.test", "secret wood");
        platform.adminAt(PORTS.get(ServiceName.MAILBOX_SERVICE).number(Port.WEB)).post("/accounts",
                Map.of("address", account.address(), "password", account.password()));
        byte[] message = Messages.plain("sender@example.org", account.address(), "through the images");
        try (SmtpClient smtp = SmtpClient.connect(PORTS.get(ServiceName.SMTP_GATEWAY).number(Port.SMTP))) {
            String reply = smtp.send("sender@example.org", account.address(), message);
            assertTrue(reply.startsWith("250"), reply);
        }
        TraceHeader.assertSame(message, Inbox.of(PORTS.get(ServiceName.IMAP_GATEWAY).number(Port.IMAP), account, 1).getFirst());
        try (Pop3Client pop3 = Pop3Client.connect(PORTS.get(ServiceName.POP3_GATEWAY).number(Port.POP3))) {
            assertTrue(pop3.login(account).startsWith("+OK"));
            assertTrue(pop3.ok("STAT").startsWith("+OK 1 "));
            pop3.ok("QUIT");
        }

        List<Integer> codes = new ArrayList<>();
        for (Container container : CONTAINERS.values()) {
            codes.add(container.stop());
        }
        // 128 and SIGTERM: the service drained, and the JVM ended by the signal. Docker's SIGKILL would be 137.
        assertEquals(List.of(143, 143, 143, 143, 143), codes);
    }

    private static Ports run(ServiceName service, Map<String, String> settings) throws IOException {
        Replica twin = platform.platform().another(service, settings);
        Container container = Container.run("postel/" + service.folder() + ":dev", twin.child().name(), platform.platform().folder(), MEMORY.get(service));
        CONTAINERS.put(service, container);
        PORTS.put(service, twin.ports());
        container.awaitReady(twin.ports().number(service.health()));
        return twin.ports();
    }
}
