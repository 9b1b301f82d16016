package org.postel.tracing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracingSettingsTest {

    private static TracingSettings settings(String endpoint) {
        return new TracingSettings(Optional.of(URI.create(endpoint)), 0.1, Duration.ofSeconds(5));
    }

    @Test
    void anEndpointTurnsItOn() {
        try (Tracing on = Tracing.of(settings("http://127.0.0.1:1/"), "smtp-gateway")) {
            assertTrue(on.on());
        }
        assertFalse(Tracing.of(new TracingSettings(Optional.empty(), 0.1, Duration.ofSeconds(5)), "smtp-gateway").on());
    }

    @ParameterizedTest
    @ValueSource(strings = {"collector.example.org:4318", "ftp://collector.example.org", "http:///traces"})
    void whatIsNoAddressOfACollectorIsRefused(String endpoint) {
        assertThrows(IllegalArgumentException.class, () -> settings(endpoint));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void aRatioIsFromNoneToAll(double ratio) {
        assertThrows(IllegalArgumentException.class, () -> new TracingSettings(Optional.empty(), ratio, Duration.ofSeconds(5)));
    }

    @Test
    void anIntervalIsAboveZero() {
        assertThrows(IllegalArgumentException.class, () -> new TracingSettings(Optional.empty(), 0.1, Duration.ZERO));
    }
}
