package org.postel.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.postel.launcher.UsageException;

class ArgumentsTest {

    @Test
    void optionsStandAnywhere() {
        Arguments given = Arguments.of(List.of("add", "--password", "secret", "alice@example.test"), "usage", "--password");
        assertEquals("add", given.verb());
        assertEquals("alice@example.test", given.only());
        assertEquals(Optional.of("secret"), given.option("--password"));
    }

    @Test
    void mistakesShowTheUsage() {
        assertUsage(List.of());
        assertUsage(List.of("add", "--colour", "red"));
        assertUsage(List.of("add", "alice@example.test", "--password"));
    }

    @Test
    void oneNameIsOne() {
        assertThrows(UsageException.class, () -> Arguments.of(List.of("add"), "usage").only());
        assertThrows(UsageException.class, () -> Arguments.of(List.of("add", "a", "b"), "usage").only());
        assertThrows(UsageException.class, () -> Arguments.of(List.of("list", "a"), "usage").nothingMore());
    }

    private static void assertUsage(List<String> given) {
        UsageException thrown = assertThrows(UsageException.class, () -> Arguments.of(given, "usage", "--password"));
        assertEquals("usage", thrown.getMessage());
    }
}
