package org.postel.mail.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.mail.rule.Actions.End;
import org.postel.mail.rule.Actions.Folder;

class RuleSetTest {

    private static final String HEADER = """
            From: "Zo\u00eb =?utf-8?q?M=C3=BCller?=" <Zoe@Example.ORG>
            To: team: bob@example.test, =?iso-8859-1?q?Andr=E9?=
             <andre@example.test>;
            Subject: =?utf-8?B?w4ljb2xlIDIwMjY=?= =?utf-8?q?_begins?=
            List-Id: Friends of mail <friends.example.org>
            X-Two: one
            X-Two:   two\s\s

            """.replace("\n", "\r\n");
    private static final Actions FLAG = new Actions(List.of("\\Flagged"), List.of(), new End.GoOn());

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
        "subject, IS, école 2026 begins, true", "Subject, CONTAINS, ÉCOLE 2026, true", "subject, CONTAINS, ecole, false",
        "subject, IS, école, false", "subject, MATCHES, école * begins, true", "subject, MATCHES, `école ???? *`, true",
        "subject, MATCHES, 2026*, false", "subject, MATCHES, *2026*, true", "subject, MATCHES, *\\*, false",
        "from, IS, zoe@example.org, true", "from, CONTAINS, müller, true", "from, CONTAINS, @example.or, true", "from, MATCHES, *@example.org, true",
        "to, IS, andre@example.test, true", "to, IS, bob@example.test, true", "to, CONTAINS, andré, true", "to, CONTAINS, carol, false",
        "list-id, CONTAINS, <friends.example.org>, true", "x-two, IS, two, true", "x-two, IS, one, true", "x-three, CONTAINS, x, false",
    })
    void aHeaderFieldIsComparedDecodedAndWithoutCase(String field, Match match, String value, boolean holds) {
        assertEquals(holds, !rules(rule(true, FLAG, new Condition.Field(field, match, value, false))).of(octets(HEADER), 1).flags().isEmpty());
        assertEquals(!holds, !rules(rule(true, FLAG, new Condition.Field(field, match, value, true))).of(octets(HEADER), 1).flags().isEmpty());
    }

    /** RFC 5228 §2.7.1: a backslash takes away what a wildcard means. */
    @Test
    void wildcardsCanBeMeantAsTheyAre() {
        Condition starred = new Condition.Field("subject", Match.MATCHES, "what\\?\\*", false);
        assertEquals(List.of("\\Flagged"), rules(rule(true, FLAG, starred)).of(octets("Subject: What?*\r\n\r\n"), 1).flags());
        assertEquals(List.of(), rules(rule(true, FLAG, starred)).of(octets("Subject: What??\r\n\r\n"), 1).flags());
    }

    @Test
    void sizesAreComparedStrictly() {
        assertEquals(List.of("\\Flagged"), rules(rule(true, FLAG, new Condition.Size(true, 99))).of(octets(HEADER), 100).flags());
        assertEquals(List.of(), rules(rule(true, FLAG, new Condition.Size(true, 100))).of(octets(HEADER), 100).flags());
        assertEquals(List.of(), rules(rule(true, FLAG, new Condition.Size(false, 100))).of(octets(HEADER), 100).flags());
    }

    @Test
    void allConditionsHoldOrAny() {
        Condition yes = new Condition.Size(false, 100);
        Condition no = new Condition.Size(true, 100);
        assertEquals(List.of(), rules(rule(true, FLAG, yes, no)).of(octets(HEADER), 1).flags());
        assertEquals(List.of("\\Flagged"), rules(rule(false, FLAG, no, yes)).of(octets(HEADER), 1).flags());
    }

    @Test
    void whatGoesOnAddsUpAndWhatSaysWhereTheMailGoesIsTheLastWord() {
        Actions first = new Actions(List.of("\\Flagged", "Work"), List.of("a@example.org"), new End.GoOn());
        Actions second = new Actions(List.of("\\Seen"), List.of("b@example.org"), new End.FileInto(new Folder("Lists", Optional.empty())));
        Verdict verdict = rules(rule(true, first, always()), new Rule("off", false, true, List.of(always()), new Actions(List.of(), List.of(), new End.Discard())),
                rule(true, second, always()), rule(true, new Actions(List.of("Never"), List.of(), new End.Discard()), always())).of(octets(HEADER), 1);
        assertEquals(new Verdict(Verdict.Copy.KEPT, Optional.of(new Folder("Lists", Optional.empty())), List.of("\\Flagged", "Work", "\\Seen"),
                List.of("a@example.org", "b@example.org"), List.of("rule", "rule"), false), verdict);
    }

    @Test
    void mailIsDiscardedSentOnOrKept() {
        assertEquals(Verdict.Copy.DISCARDED, rules(rule(true, new Actions(List.of(), List.of(), new End.Discard()), always())).of(octets(HEADER), 1).copy());
        assertEquals(Verdict.Copy.SENT_ON, rules(rule(true, new Actions(List.of(), List.of("a@example.org"), new End.SentOn()), always()))
                .of(octets(HEADER), 1).copy());
        assertEquals(Verdict.KEEP, RuleSet.NONE.of(octets(HEADER), 1));
        assertEquals(List.of("rule"), rules(rule(true, new Actions(List.of(), List.of(), new End.Stop()), always()),
                rule(true, FLAG, always())).of(octets(HEADER), 1).applied());
    }

    /** SAFETY row 33, as CVE-2026-40016 of Sieve's :matches: the worst pattern for the worst header, in as many rules as there may be. */
    @Test
    void patternsThatTakeTooLongAreNotAskedAndTheMailStays() {
        Condition hard = new Condition.Field("x-long", Match.MATCHES, "*a".repeat(99) + "*b", false);
        Condition[] many = Collections.nCopies(20, hard).toArray(Condition[]::new);
        RuleSet rules = new RuleSet(Collections.nCopies(100, rule(false, new Actions(List.of(), List.of(), new End.Discard()), many)));
        byte[] header = octets(("X-Long: " + "a".repeat(8000) + "\r\n").repeat(16) + "\r\n");
        assertTimeout(Duration.ofSeconds(5), () -> assertTrue(rules.of(header, 1).cutOff()));
        assertEquals(Verdict.Copy.KEPT, rules.of(header, 1).copy());
    }

    @Test
    void anyOctetsAreJudged() {
        RuleSet rules = rules(rule(true, FLAG, new Condition.Field("from", Match.CONTAINS, "x", true)));
        for (String header : List.of("", "\r\n", "no field at all", "From", "From:", "From: =?utf-8?b?////?= <<,;:@\"(", "From: \0\u0001\u00ff\r\n\t\r\n x")) {
            assertEquals(1, rules.of(octets(header), 0).applied().size() + (header.contains("x") ? 1 : 0), header);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\Deleted", "\\Recent", "", "two words", "par(en", "caf\u00e9"})
    void flagsThatLoseMailOrCannotBeAreRefused(String flag) {
        assertThrows(IllegalArgumentException.class, () -> new Actions(List.of(flag), List.of(), new End.GoOn()));
    }

    @Test
    void whatIsTooMuchIsRefused() {
        Rule one = rule(true, FLAG, always());
        assertThrows(IllegalArgumentException.class, () -> new RuleSet(Collections.nCopies(101, one)));
        assertThrows(IllegalArgumentException.class, () -> rule(true, FLAG));
        assertThrows(IllegalArgumentException.class, () -> rule(true, FLAG, Stream.generate(RuleSetTest::always).limit(21).toArray(Condition[]::new)));
        assertThrows(IllegalArgumentException.class, () -> new Condition.Field("subject", Match.IS, "x".repeat(201), false));
        assertThrows(IllegalArgumentException.class, () -> new Condition.Field("subject", Match.IS, "a\r\nb", false));
        assertThrows(IllegalArgumentException.class, () -> new Condition.Field("a: b", Match.IS, "x", false));
        assertThrows(IllegalArgumentException.class, () -> new Condition.Size(true, -1));
        assertThrows(IllegalArgumentException.class, () -> new Actions(List.of(), List.of(), new End.GoOn()));
        assertThrows(IllegalArgumentException.class, () -> new Actions(List.of(), List.of(), new End.SentOn()));
        List<Rule> many = IntStream.range(0, 21).mapToObj(i -> rule(true,
                new Actions(List.of(), List.of("a" + i + "@example.org"), new End.GoOn()), always())).toList();
        assertThrows(IllegalArgumentException.class, () -> new RuleSet(many));
    }

    private static Condition always() {
        return new Condition.Size(false, 1000);
    }

    private static Rule rule(boolean all, Actions actions, Condition... conditions) {
        return new Rule("rule", true, all, List.of(conditions), actions);
    }

    private static RuleSet rules(Rule... rules) {
        return new RuleSet(List.of(rules));
    }

    private static byte[] octets(String header) {
        return header.getBytes(StandardCharsets.UTF_8);
    }
}
