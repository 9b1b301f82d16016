package org.postel.pop3.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {

    @Test
    void theDefaultsAreSafe() {
        Pop3Config config = TestConfig.of(Pop3Config.class, Map.of());
        assertEquals("127.0.0.1", config.host());
        assertEquals(2110, config.port());
        assertEquals(2995, config.tlsPort());
        assertFalse(config.authOnLoopbackInClear());
        assertEquals(1024, config.lineLimit().asLongValue());
        assertTrue(config.idleTimeout().compareTo(Duration.ofMinutes(10)) >= 0, "RFC 1939 §3");
        assertTrue(TestConfig.of(TlsConfig.class, Map.of()).certificate().isEmpty());
        assertEquals("localhost", TestConfig.of(HostConfig.class, Map.of()).hostname());
        assertEquals(List.of("127.0.0.1:9090"), TestConfig.of(MailboxClientConfig.class, Map.of()).addresses());
    }

    @Test
    void everythingCanBeSet() {
        Pop3Config config = TestConfig.pop3(Map.of("postel.pop3.host", "0.0.0.0", "postel.pop3.line-limit", "2K",
                "postel.pop3.drain-timeout", "90s", "postel.pop3.auth-on-loopback-in-clear", "true"));
        assertEquals("0.0.0.0", config.host());
        assertEquals(2048, config.lineLimit().asLongValue());
        assertEquals(Duration.ofSeconds(90), config.drainTimeout());
        assertTrue(config.authOnLoopbackInClear());
        MailboxClientConfig client = TestConfig.of(MailboxClientConfig.class, Map.of("postel.mailbox-client.addresses", "a:1,b:2"));
        assertEquals(List.of("a:1", "b:2"), client.addresses());
        assertEquals(Path.of(".postel/keys/pop3-gateway.token"), client.serviceTokenFile());
    }

    @ParameterizedTest
    @CsvSource({"postel.pop3.port, many", "postel.pop3.line-limit, long", "postel.pop3.idle-timeout, soon",
        "postel.pop3.auth-on-loopback-in-clear, ''"})
    void whatMakesNoSenseIsRejected(String property, String value) {
        assertThrows(RuntimeException.class, () -> TestConfig.pop3(Map.of(property, value)));
    }

    @ParameterizedTest
    @CsvSource({"tls-port", "proxy.port", "proxy.tls-port"})
    void aPortForTwoListenersIsRefused(String name) {
        Pop3Config config = TestConfig.of(Pop3Config.class, Map.of("postel.pop3.port", "2110", "postel.pop3." + name, "2110"));
        assertEquals("postel.pop3." + name + " and postel.pop3.port are the same port: 2110",
                assertThrows(IllegalArgumentException.class, () -> ConfigCheck.check(config)).getMessage());
    }
}
