package org.postel.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.junit.jupiter.api.Test;

class PageTest {

    private static final String EMPTY = "# Prose\n\n" + Page.BEGIN + "\n" + Page.END + "\n\nMore prose.\n";

    @Test
    void proseStaysAndSectionsStandInOrder() {
        Page page = new Page(EMPTY);
        page.put("pop3", "two\n");
        page.put("smtp", "one\n");
        assertEquals("# Prose\n\n" + Page.BEGIN + "\n### smtp\n\none\n\n### pop3\n\ntwo\n\n" + Page.END + "\n\nMore prose.\n",
                page.text(List.of("smtp", "pop3")));
    }

    @Test
    void whatWasNotMeasuredAgainStays() {
        Page first = new Page(EMPTY);
        first.put("smtp", "old");
        first.put("pop3", "kept\n\nwith a line");
        Page second = new Page(first.text(List.of("smtp", "pop3")));
        second.put("smtp", "new");
        assertEquals("# Prose\n\n" + Page.BEGIN + "\n### smtp\n\nnew\n\n### pop3\n\nkept\n\nwith a line\n\n" + Page.END
                + "\n\nMore prose.\n", second.text(List.of("smtp", "pop3")));
    }

    @Test
    void aPageWithoutTheCommentsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Page("# Prose\n" + Page.END + Page.BEGIN));
    }
}
