package org.postel.mail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5256 §2.1. */
class BaseSubjectTest {

    private static BaseSubject of(String subject) {
        return BaseSubject.of(Octets.of(subject));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
        "hello|hello|false",
        "Re: hello|hello|true",
        "' re : RE:  hello  there '|hello there|true",
        "Fwd: Re: fw: hello|hello|true",
        "Re[2]: hello|hello|true",
        "RE [list]: hello|hello|true",
        "[list] Re: hello|hello|true",
        "[list] [other] hello|hello|false",
        "[list]|[list]|false",
        "[list] [other]|[other]|false",
        "Re: [list]|[list]|true",
        "[list] Re: [other] Re: hello|hello|true",
        "hello (fwd)|hello|true",
        "'hello (fwd) (FWD) '|hello|true",
        "[Fwd: hello]|hello|true",
        "[fwd: [Fwd: Re: [list] hello (fwd)]]|hello|true",
        "[Fwd: hello] again|again|false",
        "Re:|''|true",
        "Re: Re:|''|true",
        "(fwd)|''|true",
        "Ready: steady|Ready: steady|false",
        "re|re|false",
        "fwd hello|fwd hello|false",
        "[open hello|[open hello|false",
        "[a[b] hello|[a[b] hello|false",
        "=?utf-8?q?Re=3A_Gr=C3=BC=C3=9Fe?=|Grüße|true",
        "''|''|false",
    })
    void marksOfRepliesAndForwardsGo(String subject, String base, boolean reply) {
        assertEquals(new BaseSubject(base, reply), of(subject));
    }

    @Test
    void tabsAndFoldingAreSpaces() {
        assertEquals(new BaseSubject("a b", true), of("Re:\t a \t b\t"));
    }

    /** SAFETY row 33. */
    @Test
    void craftedSubjectsCostNoMoreThanTheirLength() {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            for (String part : new String[] {"[a]", "[", "re:", "[fwd:", "(fwd)", "re[a]", "[a] re", " \t", "re [", "[fwd: ]"}) {
                of(part.repeat(300_000));
            }
            of("[fwd:".repeat(200_000) + "]".repeat(200_000));
            of("[a]".repeat(200_000) + "x");
            of("x" + "(fwd)".repeat(200_000));
        });
    }
}
