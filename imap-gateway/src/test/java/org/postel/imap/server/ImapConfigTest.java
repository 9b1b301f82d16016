package org.postel.imap.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.imap.command.ImapSettings;
import org.postel.wire.Drain;

class ImapConfigTest {

    @Test
    void defaultsAreSane() {
        ImapConfig config = TestGateway.config(Map.of("postel.imap.auth-on-loopback-in-clear", "false"));
        ImapSettings settings = config.settings();
        assertEquals(64 << 10, settings.line());
        assertEquals(4 << 10, settings.loginLiteral());
        assertEquals(50L << 20, settings.message());
        assertEquals(false, settings.plaintextOnLoopback());
        assertEquals(16L << 20, config.leftMailboxes().asLongValue());
        // RFC 3501 §5.4: not less.
        assertEquals(true, settings.idleTimeout().compareTo(Duration.ofMinutes(30)) >= 0);
    }

    @Test
    void everyPropertyIsRead() {
        ImapSettings settings = TestGateway.config(Map.of("postel.imap.max-line", "1K", "postel.imap.max-literal", "2K",
                "postel.imap.idle-poll", "3s", "postel.imap.max-errors", "4", "postel.imap.max-message-size", "5M")).settings();
        assertEquals(1024, settings.line());
        assertEquals(2048, settings.literal());
        assertEquals(Duration.ofSeconds(3), settings.idlePoll());
        assertEquals(4, settings.errors());
        assertEquals(5L << 20, settings.message());
    }

    @Test
    void sessionsAreTakenLeaveOfAsConfigured() {
        Map<String, String> set = Map.of("postel.imap.drain-spread", "10m", "postel.imap.drain-timeout", "40s");
        assertEquals(Drain.over(Duration.ofMinutes(10), Duration.ofSeconds(40)), TestGateway.config(set).drain());
        assertThrows(IllegalArgumentException.class, () -> new TestGateway(Map.of("postel.imap.drain-spread", "-1s"), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"max-line,much", "idle-poll,soon", "imap-port,http", "max-errors,some"})
    void nonsenseIsRefused(String property, String value) {
        assertThrows(RuntimeException.class, () -> TestGateway.config(Map.of("postel.imap." + property, value)).settings());
    }

    @ParameterizedTest
    @CsvSource({"imaps-port", "proxy.imap-port", "proxy.imaps-port"})
    void aPortForTwoListenersIsRefused(String name) {
        ImapConfig config = TestGateway.config(Map.of("postel.imap.imap-port", "2143", "postel.imap." + name, "2143"));
        assertEquals("postel.imap." + name + " and postel.imap.imap-port are the same port: 2143",
                assertThrows(IllegalArgumentException.class, () -> ConfigCheck.check(config)).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1"})
    void aLimitThatLetsNothingThroughIsRefused(String most) {
        ImapConfig config = TestGateway.config(Map.of("postel.imap.message-limit", most));
        assertEquals("postel.imap.message-limit is not at least 1: " + most,
                assertThrows(IllegalArgumentException.class, () -> ConfigCheck.check(config)).getMessage());
    }

    @Test
    void aLimitThatIsTooLowIsSaid() {
        ImapConfig config = TestGateway.config(Map.of("postel.imap.message-limit", "999"));
        ConfigCheck.check(config);
        assertEquals("postel.imap.message-limit is below 1000, which RFC 9738 wants at least: 999", ConfigCheck.warnings(config).getLast());
    }

    @Test
    void whatHidesMessagesFromClientsIsSaid() {
        assertEquals(List.of(), ConfigCheck.warnings(TestGateway.config(Map.of())));
        assertEquals(List.of("postel.imap.message-limit is set: clients that do not know RFC 9738 take all but the newest messages of a larger "
                + "mailbox for expunged"), ConfigCheck.warnings(TestGateway.config(Map.of("postel.imap.message-limit", "1000"))));
    }
}
