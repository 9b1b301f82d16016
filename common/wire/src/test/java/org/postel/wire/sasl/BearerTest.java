package org.postel.wire.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.wire.sasl.SaslStep.Challenge;
import org.postel.wire.sasl.SaslStep.Failure;
import org.postel.wire.sasl.SaslStep.Reason;
import org.postel.wire.sasl.SaslStep.Success;

class BearerTest {

    private final List<AccessToken> seen = new ArrayList<>();
    private TokenError error = new TokenError("invalid_token", "mail", "https://id.example.test/.well-known/openid-configuration");
    private final TokenVerifier<String> verifier = token -> {
        seen.add(token);
        return switch (token.token()) {
            case "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==" -> new TokenAnswer.Accepted<>(token.user());
            case "limited" -> new TokenAnswer.Refused<>(Reason.RATE_LIMITED);
            default -> new TokenAnswer.NotGood<>(error);
        };
    };

    /** RFC 7628 §4.1. */
    @Test
    void theExampleOfTheRfc() {
        assertEquals(new Success<>("user@example.com"), oauthBearer("n,a=user@example.com,\1host=server.example.com\1port=143\1"
                + "auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\1\1"));
        assertEquals(List.of(new AccessToken("user@example.com", "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==")), seen);
    }

    @Test
    void theNameMayBeLeftToTheTokenAndIsDecoded() {
        oauthBearer("n,,\1auth=bearer abc\1\1");
        oauthBearer("y,a=a=2Cb=3D@example.test,\1auth=Bearer abc\1\1");
        xoauth2("user=someuser@example.test\1auth=Bearer ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg\1\1");
        assertEquals(List.of(new AccessToken("", "abc"), new AccessToken("a,b=@example.test", "abc"),
                new AccessToken("someuser@example.test", "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg")), seen);
    }

    /** RFC 7628 §3.2.2 and §3.2.3: the error, whatever the client answers, then the end. */
    @Test
    void aTokenThatIsNotGoodIsToldThenRefused() {
        var exchange = Bearer.oauthBearer(verifier).start();
        assertChallenge("{\"status\":\"invalid_token\",\"scope\":\"mail\","
                + "\"openid-configuration\":\"https://id.example.test/.well-known/openid-configuration\"}", exchange.next(octets("n,,\1auth=Bearer bad\1\1")));
        assertEquals(new Failure<>(Reason.CREDENTIALS), exchange.next(octets("\1")));
        error = new TokenError("insufficient_scope", "mail", "");
        assertChallenge("{\"status\":\"insufficient_scope\",\"scope\":\"mail\"}", oauthBearer("n,,\1auth=Bearer bad\1\1"));
        var other = Bearer.xoauth2(verifier).start();
        assertChallenge("{\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"mail\"}", other.next(octets("user=a\1auth=Bearer bad\1\1")));
        assertEquals(new Failure<>(Reason.CREDENTIALS), other.next(new byte[0]));
    }

    /** A second token after the error would be a second guess in one attempt. */
    @Test
    void afterTheErrorNoTokenIsLookedAt() {
        var exchange = Bearer.oauthBearer(verifier).start();
        exchange.next(octets("n,,\1auth=Bearer bad\1\1"));
        assertEquals(new Failure<>(Reason.CREDENTIALS), exchange.next(octets("n,,\1auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\1\1")));
        assertEquals(1, seen.size());
    }

    /** RFC 7628 §4.3. */
    @Test
    void aClientWithoutATokenIsToldWhereToGetOne() {
        assertInstanceOf(Challenge.class, oauthBearer("n,a=user@example.com,\1host=server.example.com\1port=143\1\1"));
        assertEquals(List.of(new AccessToken("user@example.com", "")), seen);
    }

    @Test
    void whatNobodyLookedAtIsRefusedAtOnce() {
        assertEquals(new Failure<>(Reason.RATE_LIMITED), oauthBearer("n,,\1auth=Bearer limited\1\1"));
    }

    /** SAFETY row 21. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\1", "\1\1", "n,,", "n,\1auth=Bearer a\1\1", "p=tls-exporter,,\1auth=Bearer a\1\1", "x,,\1auth=Bearer a\1\1",
        "n,,\1auth=Bearer a\1", "n,,\1auth=Bearer a", "n,,\1auth=Bearer a\1\1x", "n,,\1auth=Bearer a\1\1\1", "n,,\1auth=Basic YTpi\1\1", "n,,\1auth=Bearer\1\1",
        "n,,\1auth=Bearer a b\1\1", "n,,\1auth=Bearer a\0b\1\1", "n,,\1auth=Bearer a\1auth=Bearer b\1\1", "n,a=a=b,\1auth=Bearer a\1\1", "n,a=,\1auth=Bearer a\1\1",
        "n,a=a\tb,\1auth=Bearer a\1\1", "n,,\1=x\1auth=Bearer a\1\1", "n,,\1auth=Bearer \u00e9\1\1"})
    void whatBreaksTheSyntaxReachesNobody(String message) {
        assertEquals(new Failure<>(Reason.MALFORMED), oauthBearer(message));
        assertEquals(List.of(), seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user=", "user=a", "user=\1auth=Bearer a\1\1", "user=a\1auth=Bearer a\1", "user=a\1auth=Bearer a", "user=a\tb\1auth=Bearer a\1\1",
        "user=a\0\1auth=Bearer a\1\1", "n,,\1auth=Bearer a\1\1", "use\1auth=Bearer a\1\1"})
    void xoauth2ThatBreaksTheSyntaxReachesNobody(String message) {
        assertEquals(new Failure<>(Reason.MALFORMED), xoauth2(message));
        assertEquals(List.of(), seen);
    }

    @Test
    void aMessageHasALimitAndATokenIsNotPrinted() {
        assertEquals(new Failure<>(Reason.MALFORMED), oauthBearer("n,,\1auth=Bearer " + "a".repeat(9_000) + "\1\1"));
        assertEquals("AccessToken[tim]", new AccessToken("tim", "secret").toString());
        assertThrows(IllegalArgumentException.class, () -> new TokenError("invalid_token", "a\"b", ""));
    }

    private SaslStep<String> oauthBearer(String message) {
        return Bearer.oauthBearer(verifier).start().next(octets(message));
    }

    private SaslStep<String> xoauth2(String message) {
        return Bearer.xoauth2(verifier).start().next(octets(message));
    }

    private static void assertChallenge(String text, SaslStep<String> step) {
        assertEquals(text, new String(assertInstanceOf(Challenge.class, step).octets(), StandardCharsets.UTF_8));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
