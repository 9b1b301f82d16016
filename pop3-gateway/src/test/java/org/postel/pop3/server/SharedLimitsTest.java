package org.postel.pop3.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.wire.LineClient;
import org.postel.wire.TestCertificate;

/** SAFETY row 19: one client that goes to two gateways, which tell each other of it. */
class SharedLimitsTest {

    // 127.0.0.1 is counted here.
    private static final String OTHERS = "203.0.113.0/24";
    private static final String TOO_MANY = "-ERR [SYS/TEMP] too many connections";

    @TempDir
    static Path folder;

    private static TestCertificate certificate;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.in(folder);
    }

    @Test
    void openConnectionsAreCountedOverBoth() throws IOException {
        try (Pop3Stage one = stage("max-connections-per-address", "3"); Pop3Stage two = stage("max-connections-per-address", "3");
                LineClient first = connect(one); LineClient second = connect(one)) {
            tell(one, two);
            try (LineClient third = connect(two); LineClient fourth = LineClient.connect(two.port())) {
                fourth.expect(TOO_MANY);
                third.send("CAPA").expect("+OK");
                second.send("CAPA").expect("+OK");
            }
        }
    }

    @Test
    void soAreNewOnes() throws IOException {
        try (Pop3Stage one = stage("rate.connections", "4"); Pop3Stage two = stage("rate.connections", "4")) {
            for (int i = 0; i < 2; i++) {
                connect(one).close();
                connect(two).close();
            }
            tell(one, two);
            tell(two, one);
            for (Pop3Stage each : new Pop3Stage[] {one, two}) {
                try (LineClient fifth = LineClient.connect(each.port())) {
                    fifth.expect(TOO_MANY);
                }
                assertEquals(1, each.registry.get("mail.rate.limited.total").tag("scope", "connection").counter().count());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"rate.connections,-1", "rate.interval,99ms", "rate.interval,11s", "max-connections-per-address,0"})
    void nonsenseIsRefused(String property, String value) {
        assertThrows(IllegalArgumentException.class, () -> ConfigCheck.check(TestConfig.pop3(Map.of("postel.pop3." + property, value))));
    }

    private static Pop3Stage stage(String property, String value) throws IOException {
        return new Pop3Stage(certificate, Map.of("postel.pop3.rate.spared", OTHERS, "postel.pop3." + property, value));
    }

    private static LineClient connect(Pop3Stage stage) throws IOException {
        LineClient client = LineClient.connect(stage.port());
        client.expect("+OK");
        return client;
    }

    private static void tell(Pop3Stage from, Pop3Stage to) {
        to.rates.heard("others", from.rates.busiest());
    }
}
