package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole sessions of random commands of each gateway, for minutes ({@link GatewayFuzz}). */
@Order(SharedPlatform.Turn.AFTER_ALL)
@EnabledIfSystemProperty(named = GatewayFuzz.SECONDS, matches = ".+", disabledReason = "./postel test does it")
class FuzzOutcomeTest {

    @ParameterizedTest
    @EnumSource
    void nothingWasFound(GatewayFuzz gateway) throws Exception {
        FuzzBeside.Outcome outcome = FuzzBeside.running().await(gateway);
        outcome.said().lines().filter(line -> line.startsWith("Played ")).forEach(line -> System.out.println(gateway + ": " + line));
        assertEquals(0, outcome.exit(), outcome::said);
    }
}
