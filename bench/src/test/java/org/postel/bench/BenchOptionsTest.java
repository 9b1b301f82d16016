package org.postel.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.bench.BenchOptions.Option;
import org.postel.launcher.UsageException;

class BenchOptionsTest {

    @Test
    void nothingMeansAllFigures() {
        BenchOptions options = options("");
        assertTrue(Figures.NAMES.stream().allMatch(options::wants));
        assertEquals(40_000, options.number(Option.WARM_UP));
        assertFalse(options.write());
    }

    @Test
    void whatIsNotGivenMayBeOtherwiseForAFigure() {
        assertEquals(7, options("").number(Option.MESSAGES, 7));
        assertEquals(3, options("--messages 3").number(Option.MESSAGES, 7));
    }

    @Test
    void everyNameIsAFigure() {
        assertEquals(List.copyOf(Figures.NAMES), Figures.of(options("")).stream().map(figure -> figure.name()).toList());
    }

    @Test
    void theSoakHasMinutes() {
        BenchOptions options = options("soak --minutes 5 --rate 10");
        assertTrue(options.soak());
        assertEquals(5, options.number(Option.MINUTES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soak", "--minutes 5", "soak pop3 --minutes 5", "nonsense", "--rounds", "--rounds -1", "--only us"})
    void nonsenseIsRefused(String arguments) {
        assertThrows(UsageException.class, () -> options(arguments));
    }

    private static BenchOptions options(String arguments) {
        return BenchOptions.of(arguments.isEmpty() ? List.of() : List.of(arguments.split(" ")), Figures.NAMES);
    }
}
