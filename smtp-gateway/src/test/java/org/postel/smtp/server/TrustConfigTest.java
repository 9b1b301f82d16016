package org.postel.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.ConfigValidationException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.smtp.command.Inspector;
import org.postel.smtp.trust.DmarcHandling;
import org.postel.smtp.trust.TrustInspector;

class TrustConfigTest {

    @Test
    void theDefaultsAreThose() {
        TrustConfig config = config(Map.of());
        assertTrue(config.enabled());
        assertEquals(Optional.empty(), config.authservId());
        assertEquals(DmarcHandling.MARK, config.dmarc());
        assertEquals(Optional.empty(), config.dnsServers());
        assertEquals(List.of(5L, 20L), List.of(config.dnsTimeout().toSeconds(), config.timeLimit().toSeconds()));
        assertEquals(10_000, config.dnsMemory());
        assertFalse(config.checkLoopback());
    }

    @Test
    void everyPropertyCanBeSet() throws IOException {
        TrustConfig config = config(Map.of("enabled", "true", "authserv-id", "mx.example.test", "dmarc", "reject", "dns-servers", "192.0.2.1:53,[2001:db8::1]:5353",
            "dns-timeout", "1s", "dns-memory", "2", "time-limit", "3s", "check-loopback", "true"));
        assertEquals(Optional.of("mx.example.test"), config.authservId());
        assertEquals(DmarcHandling.REJECT, config.dmarc());
        assertEquals(List.of(Duration.ofSeconds(1), Duration.ofSeconds(3)), List.of(config.dnsTimeout(), config.timeLimit()));
        assertEquals(2, config.dnsMemory());
        assertTrue(config.checkLoopback());
        assertInstanceOf(TrustInspector.class, inspector(config));
    }

    @Test
    void itCanBeSwitchedOff() throws IOException {
        assertFalse(inspector(config(Map.of("enabled", "false"))) instanceof TrustInspector);
    }

    @ParameterizedTest
    @CsvSource({"dmarc,SOMETIMES", "dns-timeout,soon", "dns-memory,many", "no-such-property,1"})
    void whatCannotBeReadIsRefused(String name, String value) {
        assertThrows(ConfigValidationException.class, () -> config(Map.of(name, value)));
    }

    @ParameterizedTest
    @CsvSource({"authserv-id,a b", "dns-timeout,0s", "time-limit,1s", "dns-memory,0", "dns-servers,dns.example.test:53", "dns-servers,192.0.2.1",
        "dns-servers,192.0.2.1:dns", "dns-servers,192.0.2.1:70000"})
    void whatMakesNoSenseIsRefusedAndNamed(String name, String value) {
        TrustConfig config = config(Map.of(name, value));
        String refusal = assertThrows(IllegalArgumentException.class, () -> inspector(config)).getMessage();
        assertTrue(refusal.contains("postel.smtp.trust." + name), refusal);
    }

    private static TrustConfig config(Map<String, String> values) {
        return Configs.read(TrustConfig.class, "postel.smtp.trust.", values);
    }

    private static Inspector inspector(TrustConfig config) throws IOException {
        return Inspectors.of(config, Inspectors.dns(config), "localhost", 1024, Clock.systemUTC());
    }
}
