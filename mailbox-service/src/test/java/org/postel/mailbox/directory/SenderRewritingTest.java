package org.postel.mailbox.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Sender Rewriting Scheme. */
class SenderRewritingTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private final SenderRewriting now = at(Duration.ZERO);

    @ParameterizedTest
    @ValueSource(strings = {"carol@example.org", "Carol.Smith+tag=x@example.org", "\"a b@c\"@example.org", "bounces+1234-abcd-user=example.com@em.example.org",
        "ren\u00e9@example.org"})
    void aNoticeFindsTheSender(String sender) {
        String rewritten = now.rewritten(sender, "example.test").orElseThrow();
        assertTrue(rewritten.endsWith("@example.test"), rewritten);
        assertEquals(Optional.of(sender), now.original(rewritten));
    }

    /** Three forwarders: the second and the third lead to the first, who knows the sender. */
    @Test
    void aSenderThatWasRewrittenIsNotWrappedAgainAndAgain() {
        String first = now.rewritten("carol@example.org", "one.test").orElseThrow();
        String second = now.rewritten(first, "two.test").orElseThrow();
        assertTrue(second.matches("SRS1=[A-Z2-7]{8}=one.test==[A-Z2-7]{8}=[A-Z2-7]{2}=example.org=carol@two.test"), second);
        String third = now.rewritten(second, "three.test").orElseThrow();
        assertEquals(second.length() + 2, third.length(), third);
        assertEquals(Optional.of(first), now.original(third));
        assertEquals(Optional.of(first), now.original(second));
        assertEquals(Optional.of("carol@example.org"), now.original(first));
    }

    /** Other servers write them with other separators. */
    @Test
    void whatOthersRewroteIsTakenAsItIs() {
        assertTrue(now.rewritten("SRS0+abcd=AB=example.org=carol@one.test", "two.test").orElseThrow().contains("=one.test=+abcd=AB=example.org=carol@"));
        assertTrue(now.rewritten("srs1-abcd=one.test==efgh=AB=example.org=carol@two.test", "three.test").orElseThrow()
                .contains("=one.test==efgh=AB=example.org=carol@three.test"));
        assertEquals(Optional.empty(), now.rewritten("SRS1=abcd@two.test", "three.test"));
    }

    @Test
    void theCaseMayBeLostOnTheWay() {
        String rewritten = now.rewritten("carol@example.org", "example.test").orElseThrow();
        assertEquals(Optional.of("carol@example.org"), now.original(rewritten.toLowerCase(Locale.ROOT)));
    }

    @Test
    void nobodyElseMakesOne() {
        String rewritten = now.rewritten("carol@example.org", "example.test").orElseThrow();
        for (String forged : new String[] {rewritten.replace("carol", "dave"), rewritten.replace("example.org", "example.com"),
            rewritten.replace("SRS0", "SRS1"), rewritten.replaceFirst("=..=", "=AA="), rewritten.replaceFirst("=.{8}=", "=AAAAAAAA="), "SRS0=@example.test", "SRS0@example.test",
            "SRS0=a=b=c@example.test", "SRS1=AAAAAAAA=one.test==efgh=AB=example.org=carol@example.test", "carol@example.test"}) {
            assertNotEquals(rewritten, forged);
            assertEquals(Optional.empty(), now.original(forged), forged);
        }
    }

    @Test
    void noticesComeForThreeWeeksAlsoUnderTheNextKey() {
        String rewritten = now.rewritten("carol@example.org", "example.test").orElseThrow();
        assertEquals(Optional.of("carol@example.org"), at(Duration.ofDays(21)).original(rewritten));
        assertEquals(Optional.empty(), at(Duration.ofDays(22)).original(rewritten));
        assertEquals(Optional.empty(), at(Duration.ofDays(1024)).original(rewritten), "the day came round again, the key did not");
    }

    @Test
    void whatWouldBeTooLongIsLeft() {
        assertEquals(Optional.empty(), now.rewritten("a".repeat(64) + "@" + "x".repeat(60) + "." + "y".repeat(60) + ".test",
                "z".repeat(60) + "." + "z".repeat(60) + ".test"));
    }

    private static SenderRewriting at(Duration later) {
        return new SenderRewriting(period -> new SecretKeySpec(new byte[] {(byte) period, (byte) (period >> 8)}, "HmacSHA256"),
                Clock.fixed(NOW.plus(later), ZoneOffset.UTC));
    }
}
