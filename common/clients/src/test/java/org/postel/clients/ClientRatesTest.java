package org.postel.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.postel.wire.ConnectionLimits;
import org.postel.wire.Network;

/** SAFETY row 19: one client at two gateways. */
class ClientRatesTest {

    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress OTHER = InetAddress.ofLiteral("192.0.2.2");

    private final AtomicLong clock = new AtomicLong(System.nanoTime());
    private final ClientRates here = rates(new ClientActivity(4, 10, 6));
    private final ClientRates there = rates(new ClientActivity(4, 10, 6));

    @Test
    void openConnectionsAreAddedUp() {
        assertTrue(admits(here, CLIENT, 1));
        assertTrue(admits(here, CLIENT, 2));
        tell();
        assertTrue(admits(there, CLIENT, 1));
        assertTrue(admits(there, CLIENT, 2));
        assertFalse(admits(there, CLIENT, 3));
        assertTrue(admits(there, OTHER, 3), "another has nothing to do with it");
        here.left(CLIENT, 0);
        tell();
        assertTrue(admits(there, CLIENT, 3));
    }

    @Test
    void soAreNewConnectionsAndRecipients() {
        for (int i = 0; i < 5; i++) {
            assertTrue(admits(here, CLIENT, 1));
            assertTrue(here.mayName(CLIENT));
        }
        tell();
        for (int i = 0; i < 5; i++) {
            assertTrue(admits(there, CLIENT, 1));
        }
        there.left(CLIENT, 0);
        assertFalse(admits(there, CLIENT, 1));
        assertTrue(there.mayName(CLIENT));
        assertFalse(there.mayName(CLIENT));
        assertTrue(there.mayName(OTHER));
        pass(Duration.ofMinutes(2));
        tell();
        assertTrue(admits(there, CLIENT, 1), "a minute later it may again");
        assertTrue(there.mayName(CLIENT));
    }

    @Test
    void ofAGatewayThatSaysNothingAnyMoreNothingIsCounted() {
        there.heard("here", Map.of(CLIENT, new ClientActivity(4, 0, 0)));
        assertFalse(admits(there, CLIENT, 1));
        pass(Duration.ofSeconds(6));
        assertTrue(admits(there, CLIENT, 1));
    }

    @Test
    void addressesOfOneIpv6NetworkAreOneClient() {
        for (int i = 0; i < 6; i++) {
            assertTrue(here.mayName(InetAddress.ofLiteral("2001:db8::" + i)));
        }
        assertFalse(here.mayName(InetAddress.ofLiteral("2001:db8::f")));
        assertTrue(here.mayName(InetAddress.ofLiteral("2001:db8:0:1::1")));
    }

    @Test
    void whoIsFreeAndWhatIsNotLimitedIsNotCounted() {
        ClientRates free = new ClientRates(new ClientActivity(1, 1, 1), Duration.ofSeconds(5), CLIENT::equals, clock::get);
        ClientRates unlimited = rates(new ClientActivity(0, 0, 0));
        for (int i = 1; i < 10; i++) {
            assertTrue(admits(free, CLIENT, i));
            assertTrue(free.mayName(CLIENT));
            assertTrue(admits(unlimited, CLIENT, i));
            assertTrue(unlimited.mayName(CLIENT));
        }
        assertEquals(Map.of(), free.busiest());
    }

    /** The rest of its /64 is not. */
    @Test
    void anIpv6AddressIsFreeByItself() {
        Network spared = Network.parse("2001:db8::25/128");
        ClientRates rates = new ClientRates(new ClientActivity(1, 1, 1), Duration.ofSeconds(5),
                address -> address.isLoopbackAddress() || spared.contains(address), clock::get);
        for (int i = 2; i < 5; i++) {
            assertTrue(admits(rates, InetAddress.ofLiteral("::1"), i));
            assertTrue(admits(rates, InetAddress.ofLiteral("2001:db8::25"), i));
            assertFalse(admits(rates, InetAddress.ofLiteral("2001:db8::26"), i));
        }
    }

    @Test
    void onlyTheBusiestAreToldOf() {
        ClientRates wide = rates(new ClientActivity(0, 6400, 0));
        for (int i = 0; i < 600; i++) {
            InetAddress client = InetAddress.ofLiteral("10.0." + i / 256 + "." + i % 256);
            for (int times = 0; times < (i < 550 ? 100 : 99); times++) {
                admits(wide, client, 1);
            }
        }
        Map<InetAddress, ClientActivity> told = wide.busiest();
        assertEquals(500, told.size());
        assertTrue(told.values().stream().allMatch(does -> does.connections() == 100), "those under a 64th of the limit are left out");
    }

    private static boolean admits(ClientRates rates, InetAddress client, int open) {
        return rates.admits(client, ConnectionLimits.network(client), open);
    }

    private ClientRates rates(ClientActivity limits) {
        return new ClientRates(limits, Duration.ofSeconds(5), address -> false, clock::get);
    }

    private void tell() {
        there.heard("here", here.busiest());
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
