package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;

/** Somebody who opens one page after the other in one language, and looks at each. */
final class PageWalk {

    private final PageBrowser browser;
    private final String language;

    /** The language is chosen by a link at the top, and kept. */
    PageWalk(PageBrowser browser, String language) {
        this.browser = browser;
        this.language = language;
        browser.open("/connect?lang=" + language);
    }

    /** Opens a page; its path is the name of its picture. */
    PageBrowser to(String path) throws IOException {
        browser.open(path);
        return at(path.substring(1).replaceFirst("\\?.*", "").replace('/', '-'));
    }

    /**
     * Looks at what is shown.
     *
     * @param name of the picture
     */
    PageBrowser at(String name) throws IOException {
        assertEquals(language, browser.language(), name);
        assertFalse(browser.text("h1").isBlank(), name);
        return browser.look(name + "-" + language);
    }
}
