package org.postel.imap.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.wire.LineClient;

/** SAFETY row 19: one client that goes to two gateways, which tell each other of it. */
class SharedLimitsTest {

    // 127.0.0.1 is counted here.
    private static final String OTHERS = "203.0.113.0/24";
    private static final String TOO_MANY = "* BYE Too many connections";

    @Test
    void openConnectionsAreCountedOverBoth() throws IOException {
        try (TestGateway one = gateway("max-connections-per-address", "3"); TestGateway two = gateway("max-connections-per-address", "3");
                LineClient first = one.connect(); LineClient second = one.connect()) {
            tell(one, two);
            try (LineClient third = two.connect(); LineClient fourth = LineClient.connect(two.port())) {
                fourth.expect(TOO_MANY);
                third.send("a LOGIN alice@example.test secret").expect("a OK ");
                second.send("a LOGIN alice@example.test secret").expect("a OK ");
            }
        }
    }

    @Test
    void soAreNewOnes() throws IOException {
        try (TestGateway one = gateway("rate.connections", "4"); TestGateway two = gateway("rate.connections", "4")) {
            for (int i = 0; i < 2; i++) {
                one.connect().close();
                two.connect().close();
            }
            tell(one, two);
            tell(two, one);
            for (TestGateway each : new TestGateway[] {one, two}) {
                try (LineClient fifth = LineClient.connect(each.port())) {
                    fifth.expect(TOO_MANY);
                }
                assertEquals(1, each.metrics.get("mail.rate.limited.total").tag("scope", "connection").counter().count());
            }
        }
    }

    @Test
    void aNetworkThatIsSparedIsCountedByEachAlone() throws IOException {
        Map<String, String> limit = Map.of("postel.imap.max-connections-per-address", "2", "postel.imap.rate.connections", "1");
        try (TestGateway one = new TestGateway(limit, Optional.empty()); TestGateway two = new TestGateway(limit, Optional.empty());
                LineClient first = one.connect(); LineClient second = one.connect()) {
            tell(one, two);
            try (LineClient third = two.connect(); LineClient fourth = two.connect(); LineClient fifth = LineClient.connect(two.port())) {
                fifth.expect(TOO_MANY);
                fourth.send("a NOOP").expect("a OK ");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"rate.connections,-1", "rate.interval,99ms", "rate.interval,11s", "max-connections-per-address,0"})
    void nonsenseIsRefused(String property, String value) {
        assertThrows(IllegalArgumentException.class, () -> ConfigCheck.check(TestGateway.config(Map.of("postel.imap." + property, value))));
    }

    private static TestGateway gateway(String property, String value) throws IOException {
        Map<String, String> properties = new HashMap<>(Map.of("postel.imap.rate.spared", OTHERS));
        properties.put("postel.imap." + property, value);
        return new TestGateway(properties, Optional.empty());
    }

    private static void tell(TestGateway from, TestGateway to) {
        to.rates.heard("others", from.rates.busiest());
    }
}
