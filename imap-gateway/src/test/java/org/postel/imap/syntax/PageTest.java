package org.postel.imap.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PageTest {

    private static List<Integer> of(int count, Page page) {
        return IntStream.rangeClosed(1, count).boxed().toList().subList(page.from(count), page.to(count));
    }

    @Test
    void placesAreCountedFromEitherEndAndEndWithTheList() {
        assertEquals(List.of(1, 2), of(5, new Page(false, 1, 2)));
        assertEquals(List.of(5), of(5, new Page(false, 5, 4_294_967_295L)));
        assertEquals(List.of(), of(5, new Page(false, 6, 9)));
        assertEquals(List.of(5), of(5, new Page(true, 1, 1)));
        assertEquals(List.of(3, 4), of(5, new Page(true, 2, 3)));
        assertEquals(List.of(1, 2), of(5, new Page(true, 4, 4_294_967_295L)));
        assertEquals(List.of(), of(5, new Page(true, 6, 9)));
        assertEquals(List.of(), of(0, new Page(true, 1, 9)));
    }
}
