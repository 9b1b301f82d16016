package org.postel.mailbox.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.mailbox.identity.AccessTokens.Verdict;
import org.postel.mailbox.identity.AccessTokens.Verdict.Good;
import org.postel.mailbox.identity.AccessTokens.Verdict.NotGood;

/** SAFETY row 21: audience and scope are checked, and all else that makes a token one of ours. */
class AccessTokensTest {

    private static final Verdict ALICE = new Good("alice@example.test");
    private static final Verdict INVALID = new NotGood("invalid_token");
    private static final Verdict SCOPE = new NotGood("insufficient_scope");

    @TempDir
    Path folder;

    private final TokenIssuer issuer = new TokenIssuer("one");
    private AccessTokens tokens;

    @BeforeEach
    void trustIssuer() throws IOException {
        tokens = tokens(issuer.writeJwks(folder).toString(), "email", Clock.systemUTC());
    }

    @Test
    void aTokenOfTheIssuerNamesTheAccount() {
        assertEquals(ALICE, check(Map.of()));
        assertEquals(ALICE, check(Map.of("aud", List.of("something", "mail"))));
        assertEquals(ALICE, check(Map.of("email_verified", true)));
    }

    @Test
    void anotherAudienceOrIssuerOrTimeIsRefused() {
        assertEquals(INVALID, check(Map.of("aud", "calendar")));
        assertEquals(INVALID, check(Map.of("aud", "")));
        assertEquals(INVALID, check(Map.of("iss", "https://evil.test")));
        assertEquals(INVALID, check(Map.of("exp", Instant.now().minus(Duration.ofMinutes(6)).getEpochSecond())));
        assertEquals(INVALID, check(Map.of("nbf", Instant.now().plus(Duration.ofMinutes(6)).getEpochSecond())));
        assertEquals(ALICE, check(Map.of("exp", Instant.now().minus(Duration.ofMinutes(4)).getEpochSecond())), "clocks differ");
        assertEquals(INVALID, tokens.check(issuer.access(claims(Map.of(), "exp"))));
        assertEquals(INVALID, tokens.check(issuer.access(claims(Map.of(), "aud"))));
        assertEquals(INVALID, tokens.check(issuer.access(claims(Map.of(), "iss"))));
    }

    @Test
    void everyScopeMustBeThere() {
        assertEquals(SCOPE, check(Map.of("scope", "mail.read")));
        assertEquals(SCOPE, check(Map.of("scope", "mail.readmail.send")));
        assertEquals(SCOPE, check(Map.of("scope", "")));
        assertEquals(SCOPE, tokens.check(issuer.access(claims(Map.of(), "scope"))), "an ID token has none");
        assertEquals(ALICE, check(Map.of("scope", "openid mail.send mail.read")));
        assertEquals(ALICE, tokens.check(issuer.access(claims(Map.of("scp", List.of("mail.read", "mail.send")), "scope"))));
        assertEquals(ALICE, tokens.check(issuer.access(claims(Map.of("scp", "mail.read mail.send"), "scope"))));
    }

    @Test
    void anAddressThatIsNotVerifiedIsNobodys() {
        assertEquals(INVALID, check(Map.of("email_verified", false)));
        assertEquals(INVALID, check(Map.of("email_verified", "false")));
        assertEquals(INVALID, tokens.check(issuer.access(claims(Map.of(), "email"))));
        assertEquals(INVALID, check(Map.of("email", 42)));
    }

    @Test
    void anotherClaimMayNameTheAccount() throws IOException {
        AccessTokens named = tokens(folder.resolve("jwks.json").toString(), "preferred_username", Clock.systemUTC());
        assertEquals(new Good("bob@example.test"), named.check(issuer.access(claims(Map.of("preferred_username", "bob@example.test")))));
        assertEquals(INVALID, named.check(issuer.access(claims(Map.of()))));
    }

    @Test
    void forgedTokensAreRefused() {
        assertEquals(INVALID, tokens.check(new TokenIssuer("one").access(claims(Map.of()))));
        String[] parts = issuer.access(claims(Map.of())).split("\\.");
        String other = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8).replace("alice@", "bob@");
        assertEquals(INVALID, tokens.check(parts[0] + "." + base64(other) + "." + parts[2]));
        assertEquals(INVALID, tokens.check(base64("{\"alg\":\"none\"}") + "." + parts[1] + "."));
        assertEquals(INVALID, tokens.check(Jwt.claims(claims(Map.of())).jws().algorithm(SignatureAlgorithm.HS256)
                .sign(new SecretKeySpec(issuer.jwks().getBytes(StandardCharsets.UTF_8), "HmacSHA256"))));
        assertEquals(INVALID, tokens.check(""));
        assertEquals(INVALID, tokens.check("a.b.c"));
        assertEquals(INVALID, tokens.check("x".repeat(20_000)));
    }

    /** Keys rotate; garbage does not make us ask the issuer again and again. */
    @Test
    void aNewKeyIsFetchedAndGarbageFetchesNothing() throws Exception {
        AtomicInteger fetched = new AtomicInteger();
        String[] document = {issuer.jwks()};
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/jwks", exchange -> {
            fetched.incrementAndGet();
            byte[] body = document[0].getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            MovableClock clock = new MovableClock();
            AccessTokens remote = tokens("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks", "email", clock);
            assertEquals(ALICE, remote.check(issuer.access(claims(Map.of()))));
            TokenIssuer next = new TokenIssuer("two");
            document[0] = next.jwks();
            for (int i = 0; i < 20; i++) {
                clock.now = clock.now.plusSeconds(1);
                assertEquals(INVALID, remote.check(next.access(claims(Map.of()))), "too soon to look again");
            }
            assertEquals(1, fetched.get());
            clock.now = clock.now.plusSeconds(11);
            assertEquals(ALICE, remote.check(next.access(claims(Map.of()))));
            assertEquals(INVALID, remote.check(issuer.access(claims(Map.of()))), "the old key is gone");
            assertEquals(2, fetched.get());
            server.stop(0);
            clock.now = clock.now.plus(Duration.ofMinutes(6));
            assertEquals(ALICE, remote.check(next.access(claims(Map.of("exp", clock.now.plusSeconds(60).getEpochSecond())))), "keys outlive their issuer's outage");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void withoutKeysNothingIsDecided() throws IOException {
        AccessTokens blind = tokens(folder.resolve("nothing.json").toString(), "email", Clock.systemUTC());
        assertThrows(KeysUnavailableException.class, () -> blind.check(issuer.access(claims(Map.of()))));
    }

    private Verdict check(Map<String, Object> changed) {
        return tokens.check(issuer.access(claims(changed)));
    }

    private static Map<String, Object> claims(Map<String, Object> changed, String... without) {
        Map<String, Object> claims = TokenIssuer.accessClaims("alice@example.test");
        claims.putAll(changed);
        claims.keySet().removeAll(Set.of(without));
        return claims;
    }

    private static AccessTokens tokens(String jwks, String accountClaim, Clock clock) {
        return new AccessTokens(TokenIssuer.oauth(jwks, accountClaim), clock);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static final class MovableClock extends Clock {
        private Instant now = Instant.now();

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
