package org.postel.mailbox.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreConfigTest {

    @Test
    void theDefaultsAreThoseThatAreDocumented() {
        StoreConfig config = TestStoreConfig.with(Map.of());
        assertEquals(50L << 20, config.messageSize().asLongValue());
        assertEquals(Duration.ofDays(30), config.resyncHorizon());
        assertEquals(Duration.ofDays(10), config.claim());
        assertEquals(16L << 10, config.summary().asLongValue());
        assertEquals(8L << 20, config.copyOctets().asLongValue());
        assertEquals(Duration.ofSeconds(1), config.searchSilence());
        assertEquals(Duration.ofMillis(100), config.moment());
    }

    @Test
    void valuesAreTaken() {
        StoreConfig config = TestStoreConfig.with(Map.of("snapshot-after", "7", "grace", "5m", "cache", "1G", "name-depth", "3"));
        assertEquals(7, config.snapshotAfter());
        assertEquals(Duration.ofMinutes(5), config.grace());
        assertEquals(1L << 30, config.cache().asLongValue());
        assertEquals(3, config.nameDepth());
    }

    @Test
    void valuesThatAreNoneAreRefused() {
        assertThrows(RuntimeException.class, () -> TestStoreConfig.with(Map.of("grace", "soon")).grace());
        assertThrows(RuntimeException.class, () -> TestStoreConfig.with(Map.of("names", "many")).names());
    }
}
