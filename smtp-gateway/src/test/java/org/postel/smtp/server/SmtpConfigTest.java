package org.postel.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.ConfigValidationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.wire.Network;
import org.postel.smtp.syntax.Leniency;

class SmtpConfigTest {

    @Test
    void theDefaultsAreThose() {
        SmtpConfig config = Configs.smtp(Map.of());
        assertEquals("127.0.0.1", config.host());
        assertEquals(List.of(2525, 2587, 2465), List.of(config.mxPort(), config.submissionPort(), config.submissionsPort()));
        assertFalse(config.authOnLoopbackInClear());
        assertFalse(config.hideClientAddress());
        assertEquals(Optional.empty(), config.postmaster());
        assertEquals(50L << 20, config.maxMessageSize().asLongValue());
        assertEquals(256L << 10, config.maxHeaderSize().asLongValue());
        assertEquals(256L << 10, config.inlineLimit().asLongValue());
        assertEquals(64L << 20, config.contentBudget().asLongValue());
        assertEquals(Duration.ofSeconds(2), config.contentBudgetTimeout());
        assertEquals(Duration.ofSeconds(30), config.queueTimeout());
        assertEquals(1000, config.maxRecipients());
        assertEquals(50, config.maxHops());
        assertEquals(Duration.ofMinutes(5), config.commandTimeout());
        assertEquals(Duration.ofMinutes(5), config.dataTimeout());
        assertEquals(100, config.minDataRate());
        assertEquals(Duration.ofSeconds(60), config.dataGrace());
        assertEquals(Duration.ZERO, config.greetingPause());
        assertEquals(List.of(2048, 20, 100, 3), List.of(config.maxLine(), config.maxErrors(), config.maxIdleCommands(), config.maxAuthFailures()));
        assertEquals(Duration.ofSeconds(1), config.authDelay());
        assertEquals(List.of(10_000, 100), List.of(config.maxConnections(), config.maxConnectionsPerAddress()));
        assertEquals(Duration.ofSeconds(60), config.writeTimeout());
        assertEquals(Duration.ofSeconds(15), config.handshakeTimeout());
        assertEquals(Duration.ofSeconds(20), config.drainTimeout());
        assertEquals(Optional.of(Set.of(Leniency.SPACE_AFTER_COLON)), config.leniencies());
        assertEquals(Duration.ofSeconds(5), config.probeInterval());
    }

    @Test
    void everyPropertyCanBeSet() {
        Map<String, String> values = new HashMap<>(Map.of("host", "0.0.0.0", "mx-port", "1", "submission-port", "2", "submissions-port", "3",
            "auth-on-loopback-in-clear", "true", "postmaster", "ops@example.test", "max-message-size", "3M", "max-header-size", "2K",
            "inline-limit", "4K", "content-budget", "5M"));
        values.putAll(Map.of("content-budget-timeout", "6s", "queue-timeout", "7s", "max-recipients", "8", "max-hops", "9", "command-timeout", "10s",
            "data-timeout", "11s", "min-data-rate", "12", "data-grace", "13s", "greeting-pause", "14s", "max-line", "1500"));
        values.putAll(Map.of("max-errors", "16", "max-idle-commands", "17", "max-auth-failures", "18", "max-connections", "19",
            "max-connections-per-address", "20", "write-timeout", "21s", "handshake-timeout", "22s", "drain-timeout", "23s",
            "probe-interval", "24s", "hide-client-address", "true"));
        values.put("auth-delay", "25s");
        SmtpConfig config = Configs.smtp(values);
        assertEquals("0.0.0.0", config.host());
        assertEquals(List.of(1, 2, 3), List.of(config.mxPort(), config.submissionPort(), config.submissionsPort()));
        assertTrue(config.authOnLoopbackInClear());
        assertTrue(config.hideClientAddress());
        assertEquals(Optional.of("ops@example.test"), config.postmaster());
        assertEquals(List.of(3L << 20, 2L << 10, 4L << 10, 5L << 20), List.of(config.maxMessageSize().asLongValue(),
            config.maxHeaderSize().asLongValue(), config.inlineLimit().asLongValue(), config.contentBudget().asLongValue()));
        assertEquals(List.of(6L, 7L, 10L, 11L, 13L, 14L, 21L, 22L, 23L, 24L, 25L), java.util.stream.Stream.of(config.contentBudgetTimeout(),
            config.queueTimeout(), config.commandTimeout(), config.dataTimeout(), config.dataGrace(), config.greetingPause(), config.writeTimeout(),
            config.handshakeTimeout(), config.drainTimeout(), config.probeInterval(), config.authDelay()).map(Duration::toSeconds).toList());
        assertEquals(List.of(8, 9, 12L, 1500, 16, 17, 18, 19, 20), List.of(config.maxRecipients(), config.maxHops(), config.minDataRate(),
            config.maxLine(), config.maxErrors(), config.maxIdleCommands(), config.maxAuthFailures(), config.maxConnections(),
            config.maxConnectionsPerAddress()));
    }

    @Test
    void portsBehindAProxyAreReadWithTheirNetworks() {
        SmtpConfig.Proxy proxy = Configs.smtp(Map.of("proxy.trusted", "192.0.2.0/24,2001:db8::1", "proxy.mx-port", "1", "proxy.submission-port", "2",
            "proxy.submissions-port", "3")).proxy();
        assertEquals(Optional.of(List.of(Network.parse("192.0.2.0/24"), Network.parse("2001:db8::1"))), proxy.trusted());
        SmtpConfig.Lmtp lmtp = Configs.smtp(Map.of("lmtp.trusted", "::1", "lmtp.port", "4")).lmtp();
        assertEquals(List.of(List.of(Network.parse("::1")), 4), List.of(lmtp.trusted().orElseThrow(), lmtp.port().getAsInt()));
        assertThrows(IllegalArgumentException.class, () -> ConfigCheck.check(Configs.smtp(Map.of("lmtp.trusted", "::1", "lmtp.port", "25"))));
        assertEquals(List.of(1, 2, 3), List.of(proxy.mxPort().getAsInt(), proxy.submissionPort().getAsInt(), proxy.submissionsPort().getAsInt()));
    }

    @ParameterizedTest
    @CsvSource({"mx-port,x", "max-message-size,many", "command-timeout,soon", "leniencies,ALL", "no-such-property,1", "proxy.trusted,10/8", "proxy.trusted,example.test"})
    void whatCannotBeReadIsRefused(String name, String value) {
        assertThrows(ConfigValidationException.class, () -> Configs.smtp(Map.of(name, value)));
    }

    @ParameterizedTest
    @CsvSource({"mx-port,70000", "submission-port,-1", "max-recipients,99", "max-line,1045", "max-errors,0", "max-idle-commands,0",
        "max-auth-failures,0", "max-hops,0", "max-connections,0", "max-connections-per-address,0", "command-timeout,0s", "data-timeout,0s",
        "queue-timeout,500ms", "write-timeout,0s", "handshake-timeout,0s", "drain-timeout,0s", "probe-interval,0s", "greeting-pause,-1s",
        "auth-delay,-1s", "data-grace,-1s", "min-data-rate,-1", "inline-limit,1023", "inline-limit,900K", "max-header-size,3G", "max-message-size,1K",
        "content-budget,100K", "content-budget,3G", "postmaster,nobody", "proxy.mx-port,2527", "lmtp.port,2424", "proxy.submission-port,70000", "proxy.submissions-port,0",
        "rate.connections,-1", "rate.recipients,-1", "rate.interval,99ms"})
    void whatMakesNoSenseIsRefusedAndNamed(String name, String value) {
        SmtpConfig config = Configs.smtp(Map.of(name, value));
        String refusal = assertThrows(IllegalArgumentException.class, () -> ConfigCheck.check(config)).getMessage();
        assertTrue(refusal.contains("postel.smtp." + name), refusal);
    }

    @ParameterizedTest
    @CsvSource({"submission-port", "submissions-port", "proxy.mx-port", "proxy.submission-port", "proxy.submissions-port", "lmtp.port"})
    void aPortForTwoListenersIsRefused(String name) {
        SmtpConfig config = Configs.smtp(Map.of(name, "2525", "proxy.trusted", "192.0.2.1", "lmtp.trusted", "192.0.2.1"));
        assertEquals("postel.smtp." + name + " and postel.smtp.mx-port are the same port: 2525",
            assertThrows(IllegalArgumentException.class, () -> ConfigCheck.check(config)).getMessage());
    }

    @Test
    void everyLeniencyCanBeSwitchedOff() {
        assertEquals(Optional.empty(), Configs.smtp(Map.of("leniencies", "")).leniencies());
    }

    @Test
    void theDefaultsMakeSense() {
        ConfigCheck.check(Configs.smtp(Map.of()));
    }

    @Test
    void theSharedMappingsHaveLocalDefaults() {
        assertEquals("localhost", Configs.read(HostConfig.class, "postel.", Map.of()).hostname());
        assertEquals("127.0.0.1:9092", Configs.read(QueueConfig.class, "postel.queue.", Map.of()).bootstrapServers());
        assertEquals(Map.of("security.protocol", "SSL"),
            Configs.read(QueueConfig.class, "postel.queue.", Map.of("client.\"security.protocol\"", "SSL")).client());
        MailboxClientConfig client = Configs.read(MailboxClientConfig.class, "postel.mailbox-client.", Map.of("addresses", "a:1,b:2"));
        assertEquals(List.of("a:1", "b:2"), client.addresses());
        assertEquals(Path.of(".postel/keys/smtp-gateway.token"), client.serviceTokenFile());
        assertEquals(Optional.empty(), Configs.read(TlsConfig.class, "postel.tls.", Map.of()).certificate());
    }
}
