package org.postel.mail.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SortKeysTest {

    /** RFC 5256 §2.2. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Mon, 1 Jun 2026 10:00:00 +0200|2026-06-01T08:00:00Z",
        "1 Jun 2026 23:59:60 -0130|2026-06-02T01:30:00Z",
        "1 Jun 26 10:00 EST|2026-06-01T15:00:00Z",
        "1 Jun 2026 10:00:00 (CET) +0100|2026-06-01T10:00:00Z",
        "1 Jun 2026 10:00:00 Z|2026-06-01T10:00:00Z",
        "1 Jun 2026 10:00:00 +9999|2026-06-01T10:00:00Z",
        "1 Jun 2026 25:00:00 +0200|2026-06-01T00:00:00Z",
        "1 Jun 2026|2026-06-01T00:00:00Z",
        "1 Jun 1960 00:00:00 +0000|1960-06-01T00:00:00Z",
    })
    void aDateIsAMomentAsFarAsItIsOne(String date, Instant moment) {
        assertEquals(OptionalLong.of(moment.toEpochMilli()), DateField.moment(Octets.of(date)));
    }

    @Test
    void whatIsNoDateIsNoMoment() {
        assertEquals(OptionalLong.empty(), DateField.moment(Octets.of("yesterday 10:00")));
        assertEquals(OptionalLong.empty(), DateField.moment(Octets.of("31 Feb 2026 10:00:00")));
    }

    /** RFC 5256 §2.3 and RFC 5322 §3.6.4. */
    @Test
    void idsAreComparedWithoutWhatDoesNotMatter() {
        assertEquals(List.of("a@x", "b@y"), MessageIds.of(Octets.of("<a@x> (comment) <b@y>")));
        assertEquals(List.of("01KF8JCEOCBS0045PS@xxx.yyy.com"), MessageIds.of(Octets.of("<\"01KF8JCEOCBS0045PS\"@xxx.yyy.com>")));
        assertEquals(List.of("a>b\"c@x"), MessageIds.of(Octets.of("<\"a>b\\\"c\"@x>")));
        assertEquals(List.of("A@x", "a@x"), MessageIds.of(Octets.of("<A@x><a@x>")));
        assertEquals(List.of("ab@x"), MessageIds.of(Octets.of("text a@b <a\t b@x>")));
        assertEquals(List.of("b@x"), MessageIds.of(Octets.of("<a@x <b@x> <none> <@x> <a@> <open@x")));
    }

    @Test
    void textsOrderWithoutCase() {
        assertArrayEquals(Collation.key("Grüße", 100), Collation.key("GRÜßE", 100));
        assertTrue(Arrays.compareUnsigned(Collation.key("zebra", 100), Collation.key("ÄPFEL", 100)) > 0);
        assertTrue(Arrays.compareUnsigned(Collation.key("\uD83D\uDE00", 100), Collation.key("\uFB13", 100)) > 0, "by code points, not by UTF-16");
        assertEquals(10, Collation.key("ü".repeat(50), 10).length);
    }
}
