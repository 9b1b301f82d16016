package org.postel.imap.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceSetTest {

    private static SequenceSet set(String text) throws SyntaxException {
        return SequenceSetParser.sequenceSet(new Cursor(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String show(SequenceSet set) {
        return String.join(" ", set.ranges().stream().map(range -> range.from() + "-" + range.to()).toList());
    }

    @ParameterizedTest
    @CsvSource({"3,3-3", "5:2,2-5", "'1,2,3',1-3", "'7,1:3,2:5',1-5 7-7", "*,9-9", "5:*,5-9", "12:*,9-12", "*:3,3-9",
        "'4294967295:*',9-4294967295", "'1:*,3',1-9"})
    void resolvedAgainstNine(String text, String expected) throws SyntaxException {
        assertEquals(expected, show(set(text).resolve(9)));
    }

    @Test
    void starOfNothingIsNothing() throws SyntaxException {
        assertEquals(List.of(), set("1:*").resolve(0).ranges());
    }

    // SAFETY row 32
    @Test
    void thousandsOfRangesBecomeOne() throws SyntaxException {
        StringBuilder text = new StringBuilder("1");
        for (int i = 10_000; i > 1; i--) {
            text.append(',').append(i);
        }
        assertEquals("1-10000", show(set(text.toString())));
        assertTrue(set("5:*").highestWritten() == 0);
    }
}
