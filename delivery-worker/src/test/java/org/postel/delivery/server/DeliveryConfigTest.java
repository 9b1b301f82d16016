package org.postel.delivery.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.postel.delivery.relay.SenderIdentities;
import org.postel.delivery.relay.TlsDefault;
import org.postel.delivery.smtp.ClientIdentity;
import org.postel.delivery.sts.PoliciesInMemory;

class DeliveryConfigTest {

    @Test
    void defaultsFitTogether() {
        SmallRyeConfig config = config(Map.of());
        DeliveryConfig delivery = config.getConfigMapping(DeliveryConfig.class);
        ConfigCheck.check(delivery, config.getConfigMapping(QueueConfig.class));
        assertEquals(Duration.ofDays(5), delivery.giveUpAfter());
        assertEquals(Duration.ofHours(4), delivery.delayWarning());
        assertEquals(Duration.ofMinutes(10), delivery.relay().timeouts().dataTermination());
        assertEquals(Duration.ofMinutes(28), delivery.relay().timeouts().total(), "two minutes less than a tier");
        assertEquals(TlsDefault.OPPORTUNISTIC, delivery.relay().tls());
        assertEquals(Duration.ofSeconds(15), delivery.mtaSts().fetchTimeout());
        assertTrue(delivery.mtaSts().enabled());
        assertTrue(delivery.relay().chunking());
        assertEquals(10, config.getConfigMapping(QueueConfig.class).settings().deliveryLimit());
        assertTrue(delivery.relay().perDestination() < delivery.relay().lanes() / config.getConfigMapping(QueueConfig.class).partitions(),
                "a domain that stalls leaves a lane of each partition to others");
        DeliveryConfig.Slow slow = delivery.relay().slow();
        assertTrue(slow.waiting() < delivery.relay().lanes() / config.getConfigMapping(QueueConfig.class).partitions(),
                "domains that stall together leave one too");
        assertTrue(slow.outsideOfLanes() >= delivery.relay().lanes() * delivery.relay().batch() && slow.outsideOfLanes() >= slow.lanes() * slow.batch(),
                "while nobody is slow, mail for new domains is not parked");
        assertTrue(slow.perDestination() < slow.lanes() / config.getConfigMapping(QueueConfig.class).partitions(),
                "a slow domain leaves a lane of each partition to other slow ones");
    }

    @Test
    void everyKindOfValueIsRead() {
        SmallRyeConfig config = config(Map.of(
                "postel.queue.retry-tiers", "1s,2s",
                "postel.delivery.retry-schedule", "1s,2s",
                "postel.delivery.relay.parking-tier", "1s",
                "postel.delivery.next-hops.\"example.org\"", "127.0.0.1:2526",
                "postel.delivery.next-hops.\"*\"", "relay.example.test:25",
                "postel.delivery.relay.tls", "required",
                "postel.delivery.relay.chunking", "false",
                "postel.delivery.relay.authorities", "/etc/ssl/certs/ca-certificates.crt",
                "postel.delivery.mta-sts.proxy", "proxy.example.test:3128",
                "postel.delivery.dns.resolver", "127.0.0.1:5353"));
        DeliveryConfig delivery = config.getConfigMapping(DeliveryConfig.class);
        ConfigCheck.check(delivery, config.getConfigMapping(QueueConfig.class));
        assertEquals(Map.of("example.org", "127.0.0.1:2526", "*", "relay.example.test:25"), delivery.nextHops());
        assertEquals(List.of(Duration.ofSeconds(1), Duration.ofSeconds(2)), delivery.retrySchedule());
        assertEquals(TlsDefault.REQUIRED, delivery.relay().tls());
        assertFalse(delivery.relay().chunking());
        assertEquals("127.0.0.1:5353", delivery.dns().resolver().orElseThrow());
    }

    @Test
    void ratesAreReadByNameAndThereIsNoneByDefault() {
        assertEquals(0, config(Map.of()).getConfigMapping(DeliveryConfig.class).relay().messagesPerMinute());
        DeliveryConfig.Relay relay = config(Map.of("postel.delivery.relay.messages-per-minute", "600",
                "postel.delivery.relay.rates.\"mx.example.org\"", "60")).getConfigMapping(DeliveryConfig.class).relay();
        assertEquals(600, relay.messagesPerMinute());
        assertEquals(Map.of("mx.example.org", 60), relay.rates());
    }

    /** All mail may go to one next hop: 96 messages in the main lanes, 96 in the slow ones, and 100 outside of each. */
    @Test
    void aFixedNextHopHasNoLimitUnlessOneIsSet() {
        DeliveryConfig.Relay usual = config(Map.of()).getConfigMapping(DeliveryConfig.class).relay();
        assertEquals(List.of(10, 392), List.of(usual.perExchanger(), usual.perFixedHop()));
        DeliveryConfig.Relay set = config(Map.of("postel.delivery.relay.per-server", "4")).getConfigMapping(DeliveryConfig.class).relay();
        assertEquals(List.of(4, 4), List.of(set.perExchanger(), set.perFixedHop()));
    }

    @Test
    void scheduleOutsideOfTheTiersIsRefused() {
        refused(Map.of("postel.delivery.retry-schedule", "7m"));
        refused(Map.of("postel.delivery.relay.parking-tier", "7m"));
        refused(Map.of("postel.delivery.relay.per-destination", "0"));
        refused(Map.of("postel.delivery.relay.per-server", "0"));
        refused(Map.of("postel.delivery.relay.messages-per-minute", "-1"));
        refused(Map.of("postel.delivery.relay.messages-per-minute", "10001"));
        refused(Map.of("postel.delivery.relay.rates.\"example.org\"", "0"));
        refused(Map.of("postel.delivery.relay.rates.\"example.org\"", "10001"));
        refused(Map.of("postel.delivery.delay-warning", "-1s"));
        refused(Map.of("postel.delivery.relay.connection-messages", "0"));
        refused(Map.of("postel.delivery.relay.slow.moment", "21s"));
        refused(Map.of("postel.delivery.relay.slow.moment", "0s"));
        refused(Map.of("postel.delivery.relay.slow.lane-patience", "2s"));
        refused(Map.of("postel.delivery.relay.slow.outside-of-lanes", "0"));
        refused(Map.of("postel.delivery.relay.slow.outside-of-lanes", "10001"));
        refused(Map.of("postel.delivery.relay.slow.waiting", "-1"));
        refused(Map.of("postel.delivery.relay.slow.per-destination", "0"));
    }

    @Test
    void lanesThatWouldBuryARecordAtItsSecondDeliveryAreRefused() {
        refused(Map.of("postel.delivery.relay.lanes", "24"));
        refused(Map.of("postel.delivery.relay.slow.lanes", "24"));
        refused(Map.of("postel.queue.partitions", "1"));
        refused(Map.of("postel.queue.delivery-limit", "5"));
    }

    /** Whoever is on the way to another host could say that DNSSEC proved something: RFC 4035 §4.9.3. */
    @Test
    void onlyAResolverOnLoopbackIsBelieved() throws Exception {
        Map<String, String> properties = new HashMap<>(Map.of("postel.delivery.dns.validates", "true"));
        assertThrows(IllegalArgumentException.class, () -> nextServers(properties));
        // The second has no address: no label is that long (RFC 1035 §2.3.4).
        for (String elsewhere : List.of("192.0.2.53:53", "x".repeat(64) + ":53")) {
            properties.put("postel.delivery.dns.resolver", elsewhere);
            assertThrows(IllegalArgumentException.class, () -> nextServers(properties), elsewhere);
        }
        properties.put("postel.delivery.dns.resolver", "127.0.0.1:53");
        nextServers(properties).close();
    }

    @Test
    void theLogSaysOnceAtTheStartWhetherDaneIsOnAndWhoIsTrusted() throws Exception {
        assertEquals(List.of("INFO DANE is off: postel.delivery.dns.validates is not set, so no resolver is trusted to check DNSSEC"),
                logged(Map.of("postel.delivery.dns.resolver", "127.0.0.1:53")));
        Map<String, String> validated = Map.of("postel.delivery.dns.validates", "true", "postel.delivery.dns.resolver", "127.0.0.1:53");
        assertEquals(List.of("INFO DANE is on: the resolver 127.0.0.1:53 is trusted to check DNSSEC (AD bit)"), logged(validated));
        Map<String, String> neverTls = new HashMap<>(validated);
        neverTls.put("postel.delivery.relay.tls", "off");
        assertEquals(List.of("INFO DANE is off: postel.delivery.relay.tls is off"), logged(neverTls));
    }

    /** Mail for domains that are not known yet is parked while they are taken, though nobody is slow. */
    @Test
    void theLogWarnsOfFewerPlacesOutsideOfTheLanesThanInThem() throws Exception {
        assertEquals(List.of(), checked(Map.of("postel.delivery.relay.slow.outside-of-lanes", "96")));
        assertEquals(1, checked(Map.of("postel.delivery.relay.slow.outside-of-lanes", "95")).size());
    }

    private static List<String> checked(Map<String, String> properties) throws IOException {
        SmallRyeConfig config = config(properties);
        return logged(ConfigCheck.class, () -> ConfigCheck.check(config.getConfigMapping(DeliveryConfig.class), config.getConfigMapping(QueueConfig.class)));
    }

    private static List<String> logged(Map<String, String> properties) throws IOException {
        return logged(NextServers.class, () -> nextServers(properties).close());
    }

    private interface Start {
        void run() throws IOException;
    }

    private static List<String> logged(Class<?> by, Start start) throws IOException {
        List<String> lines = new ArrayList<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getLevel() + " " + line.getMessage());
            }

            @Override
            public void flush() {
            }

            @Override
            public void close() {
            }
        };
        Logger log = Logger.getLogger(by.getName());
        log.addHandler(listener);
        try {
            start.run();
        } finally {
            log.removeHandler(listener);
        }
        return lines;
    }

    @Test
    void namesAndAddressesOfSendersAreRead() {
        SenderIdentities identities = Identities.of(config(Map.of("postel.delivery.relay.ehlo-names.\"Example.net\"", "out.example.net",
                "postel.delivery.relay.source-addresses.\"example.com\"", "192.0.2.7, 2001:db8::7")).getConfigMapping(DeliveryConfig.class)
                .relay(), "mx.example.test");
        assertEquals(Map.of("example.net", new ClientIdentity("out.example.net", "mx.example.test", List.of()),
                "example.com", new ClientIdentity("mx.example.test", "mx.example.test",
                        List.of(InetAddress.ofLiteral("192.0.2.7"), InetAddress.ofLiteral("2001:db8::7")))), identities.ofDomains());
        assertEquals(ClientIdentity.of("mx.example.test"), identities.usual());
        assertEquals(List.of(InetAddress.ofLiteral("192.0.2.7"), InetAddress.ofLiteral("2001:db8::7")), Identities.missing(identities));
        assertEquals(List.of(), Identities.missing(Identities.of(config(Map.of("postel.delivery.relay.source-addresses.\"example.com\"", "127.0.0.1"))
                .getConfigMapping(DeliveryConfig.class).relay(), "mx.example.test")));
        for (Map<String, String> wrong : List.of(Map.of("postel.delivery.relay.ehlo-names.\"example.net\"", "a b"),
                Map.of("postel.delivery.relay.source-addresses.\"example.net\"", "mx.example.test"))) {
            DeliveryConfig.Relay relay = config(wrong).getConfigMapping(DeliveryConfig.class).relay();
            assertThrows(IllegalArgumentException.class, () -> Identities.of(relay, "mx.example.test"));
        }
    }

    private static NextServers nextServers(Map<String, String> properties) throws IOException {
        return new NextServers(config(properties).getConfigMapping(DeliveryConfig.class), "mx.example.test", new PoliciesInMemory(), Clock.systemUTC());
    }

    private static void refused(Map<String, String> properties) {
        SmallRyeConfig config = config(properties);
        assertThrows(IllegalArgumentException.class, () -> ConfigCheck.check(config.getConfigMapping(DeliveryConfig.class),
                config.getConfigMapping(QueueConfig.class)));
    }

    /** As the process reads it. */
    static SmallRyeConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(DeliveryConfig.class).withMapping(QueueConfig.class).withMapping(MailboxClientConfig.class).withMapping(HostConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withSources(new PropertiesConfigSource(new HashMap<>(properties), "test", 500))
                .build();
    }
}
