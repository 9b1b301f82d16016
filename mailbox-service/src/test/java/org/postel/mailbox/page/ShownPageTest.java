package org.postel.mailbox.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShownPageTest {

    @ParameterizedTest
    @CsvSource({"/account, /account, /account?", "/admin/account?address=a%40b.test, /admin/account?address=a%40b.test, /admin/account?address=a%40b.test&",
        "/a?lang=fr&x=1&lang=en, /a?x=1, /a?x=1&", "/a?lang=fr, /a, /a?", "/a?, /a, /a?", "/, /, /?"})
    void aPageOfOursIsLedToWithWhatItIsAbout(String asked, String written, String and) {
        ShownPage page = ShownPage.parse(asked);
        assertEquals(written, page.written());
        assertEquals(and, page.and());
    }

    /** Else whoever made a link would choose where somebody is after signing in. */
    @ParameterizedTest
    @ValueSource(strings = {"", "//evil.test", "//evil.test/?x", "/\\evil.test", "https://evil.test/", "account", "?x=1", "/a b", "/a\r\nSet-Cookie: x=y", "javascript:alert(1)"})
    void whatIsNoPageOfOursLeadsHome(String asked) {
        assertEquals("/account", ShownPage.parse(asked).written());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a?x=\r\ny", "/a?x=<b>", "/a?x=\"", "/a?x=;", "/a?x y"})
    void aQueryWithOtherSignsIsLeftAway(String asked) {
        assertEquals("/a", ShownPage.parse(asked).written());
    }
}
