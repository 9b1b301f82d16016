package org.postel.imap.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListPatternTest {

    private static ListPattern pattern(String reference, String pattern) {
        return ListPattern.of(reference.getBytes(StandardCharsets.UTF_8), pattern.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"*,a/b/c,true", "%,a/b,false", "%,a,true", "a/%,a/b,true", "a/%,a/b/c,false", "a*c,a/b/c,true", "%/%,a/b,true",
        "inbox,INBOX,true", "a,A,false", "*b,ab,true", "*%,a/b,true", "%*,a/b,true", "a%b%c,aXbYc,true", "a%b%c,aX/bc,false", "&AOk-*,\u00e9t,true"})
    void wildcards(String pattern, String name, boolean matches) {
        assertEquals(matches, pattern("", pattern).matches(name));
    }

    @Test
    void referenceComesFirst() {
        assertEquals(true, pattern("Work/", "%").matches("Work/x"));
    }

    @Test
    void whatIsNotModifiedUtf7MatchesNothing() {
        assertFalse(pattern("", "&*").matches("&x"));
        assertFalse(pattern("", "\u00e9*").matches("\u00e9"));
    }

    /** SAFETY row 33: CVE-2026-33607. Backtracking would take longer than anybody lives; the bound only ends the test. */
    @Test
    void hostilePatternTakesNoTime() {
        ListPattern hostile = pattern("", "*%a".repeat(300) + "b");
        String name = "a".repeat(1000);
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int i = 0; i < 100; i++) {
                assertFalse(hostile.matches(name));
            }
        });
    }
}
