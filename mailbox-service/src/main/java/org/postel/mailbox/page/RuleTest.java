package org.postel.mailbox.page;

import java.util.Arrays;
import java.util.Optional;
import org.postel.mail.rule.Match;

/** How a condition of a rule compares, as the form offers it. */
enum RuleTest {
    CONTAINS("contains", Match.CONTAINS, false),
    CONTAINS_NOT("containsNot", Match.CONTAINS, true),
    IS("is", Match.IS, false),
    IS_NOT("isNot", Match.IS, true),
    MATCHES("matches", Match.MATCHES, false),
    MATCHES_NOT("matchesNot", Match.MATCHES, true);

    private final String text;
    private final Match match;
    private final boolean not;

    RuleTest(String text, Match match, boolean not) {
        this.text = text;
        this.match = match;
        this.not = not;
    }

    /** The value of the form's field, and the name of the text for it. */
    String text() {
        return text;
    }

    Match match() {
        return match;
    }

    boolean not() {
        return not;
    }

    static Optional<RuleTest> of(String text) {
        return Arrays.stream(values()).filter(test -> test.text.equals(text)).findFirst();
    }

    static RuleTest of(Match match, boolean not) {
        return Arrays.stream(values()).filter(test -> test.match == match && test.not == not).findFirst().orElseThrow();
    }
}
