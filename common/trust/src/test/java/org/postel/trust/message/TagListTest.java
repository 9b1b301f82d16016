package org.postel.trust.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagListTest {

    @Test
    void namesAndValuesLoseTheBlanksAroundThem() {
        TagList tags = TagList.parse(" a = 1\r\n\t2 ;\r\n b=\u00a0;c=").orElseThrow();
        assertEquals(Optional.of("1\r\n\t2"), tags.get("a"));
        assertEquals(Optional.of("12"), tags.compact("a"));
        assertEquals(Optional.of("\u00a0"), tags.get("b"));
        assertEquals(Optional.of(""), tags.get("c"));
        assertEquals(Optional.of("a"), tags.first());
    }

    @Test
    void aValueMayHaveEqualsSigns() {
        assertEquals(Optional.of("AA=="), TagList.parse("p=AA==; q=").orElseThrow().get("p"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=1;", "a=1; \r\n", "a=1;b=2"})
    void whatMayBeLeftOutMayBe(String text) {
        assertTrue(TagList.parse(text).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "a=1; ;b=2", "a=1;;", "n;p=x", "a", "=1", "1=a", "a b=1", "a=1;a=2"})
    void whatIsNoListIsNone(String text) {
        assertTrue(TagList.parse(text).isEmpty());
    }

    @Test
    void aLenientReaderTakesWhatIsOne() {
        TagList tags = TagList.lenient("v=DMARC1;; none; p=reject; =x").orElseThrow();
        assertEquals(Optional.of("DMARC1"), tags.get("v"));
        assertEquals(Optional.of("reject"), tags.get("p"));
        assertTrue(TagList.lenient("a=1; a=2").isEmpty());
    }
}
