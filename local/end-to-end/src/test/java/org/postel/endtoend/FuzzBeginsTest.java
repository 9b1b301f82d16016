package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Starts what {@link FuzzOutcomeTest} waits for: the tests between them are beside it. */
@Order(SharedPlatform.Turn.BEFORE_ALL)
@EnabledIfSystemProperty(named = GatewayFuzz.SECONDS, matches = ".+", disabledReason = "./postel test does it")
class FuzzBeginsTest {

    @Test
    void gatewaysAreFuzzedFromHereOn() {
        assertDoesNotThrow(GatewayFuzz.SMTP::time);
        assertDoesNotThrow(FuzzBeside::running);
    }
}
