package org.postel.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.wire.ConnectionLimits;
import org.postel.wire.Network;

class ClientLimitsTest {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    @Test
    void whoIsSparedIsNotCounted() {
        ClientRates rates = new ClientLimits(1, 1, INTERVAL, List.of(Network.parse("192.0.2.0/28"))).rates();
        for (int i = 1; i < 5; i++) {
            assertTrue(admits(rates, "192.0.2.7", i));
        }
        assertTrue(admits(rates, "192.0.2.16", 1));
        assertFalse(admits(rates, "192.0.2.16", 1), "the second within a minute");
        assertFalse(admits(rates, "192.0.2.17", 2));
    }

    @ParameterizedTest
    @CsvSource({"0,1,PT1S", "1,-1,PT1S", "1,1,PT0.099S", "1,1,PT10.001S"})
    void whatMakesNoSenseIsRefused(int open, int connections, Duration interval) {
        assertThrows(IllegalArgumentException.class, () -> new ClientLimits(open, connections, interval, List.of()));
    }

    @Test
    void noneIsNoLimitOfTheRate() {
        ClientRates rates = new ClientLimits(2, 0, INTERVAL, List.of()).rates();
        for (int i = 0; i < 1000; i++) {
            assertTrue(admits(rates, "192.0.2.1", 1));
        }
        assertEquals(1, rates.busiest().size());
    }

    private static boolean admits(ClientRates rates, String client, int open) {
        InetAddress address = InetAddress.ofLiteral(client);
        return rates.admits(address, ConnectionLimits.network(address), open);
    }
}
