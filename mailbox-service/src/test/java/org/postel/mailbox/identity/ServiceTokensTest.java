package org.postel.mailbox.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServiceTokensTest {

    private static final String AUDIENCE = "mailbox-service";

    @TempDir
    Path folder;

    private final TokenIssuer issuer = new TokenIssuer("one");
    private ServiceTokens tokens;

    @BeforeEach
    void trustIssuer() throws IOException {
        tokens = new ServiceTokens(TokenIssuer.trusting(issuer.writeJwks(folder)), Clock.systemUTC());
    }

    @ParameterizedTest
    @EnumSource(Caller.class)
    void eachServiceIsKnownByItsSubject(Caller caller) throws InvalidTokenException {
        assertEquals(caller, tokens.caller(issuer.service(caller)));
    }

    @Test
    void anEndedTokenIsRefused() {
        refused(issuer.token("smtp-gateway", AUDIENCE, TokenIssuer.ISSUER, Instant.now().minus(Duration.ofHours(1))));
    }

    @Test
    void aClockThatIsMinutesOffRefusesNobody() throws Exception {
        Duration off = ClockSkew.MOST.minusSeconds(20);
        assertEquals(Caller.SMTP_GATEWAY, tokens.caller(issuer.issuedAt("smtp-gateway", Instant.now().plus(off))));
        String ended = issuer.token("smtp-gateway", AUDIENCE, TokenIssuer.ISSUER, Instant.now().minus(off));
        assertEquals(Caller.SMTP_GATEWAY, tokens.caller(ended));
        assertEquals(Caller.SMTP_GATEWAY, tokens.caller(ended), "when it is remembered");
        refused(issuer.token("smtp-gateway", AUDIENCE, TokenIssuer.ISSUER, Instant.now().minus(ClockSkew.MOST).minusSeconds(20)));
    }

    @Test
    void aTokenThatEndsWhileItIsRememberedIsRefused() throws Exception {
        Instant end = Instant.now().plusSeconds(600);
        String token = issuer.token("smtp-gateway", AUDIENCE, TokenIssuer.ISSUER, end);
        MovableClock clock = new MovableClock(Instant.now());
        ServiceTokens watched = new ServiceTokens(TokenIssuer.trusting(folder.resolve("jwks.json")), clock);
        watched.caller(token);
        clock.now = end.plus(ClockSkew.MOST).plusSeconds(1);
        assertThrows(InvalidTokenException.class, () -> watched.caller(token));
    }

    @Test
    void anotherAudienceIsRefused() {
        refused(issuer.token("smtp-gateway", "admin", TokenIssuer.ISSUER, Instant.now().plusSeconds(60)));
    }

    @Test
    void anotherIssuerIsRefused() {
        refused(issuer.token("smtp-gateway", AUDIENCE, "somebody", Instant.now().plusSeconds(60)));
    }

    @Test
    void anUnknownSubjectIsRefused() {
        refused(issuer.token("web-shop", AUDIENCE, TokenIssuer.ISSUER, Instant.now().plusSeconds(60)));
    }

    @Test
    void aTokenOfAForgedKeyIsRefused() {
        refused(new TokenIssuer("one").service(Caller.IMAP_GATEWAY));
    }

    @Test
    void aChangedTokenIsRefused() {
        String[] parts = issuer.service(Caller.SMTP_GATEWAY).split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8).replace("smtp-gateway", "delivery-worker");
        String changed = Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        refused(parts[0] + "." + changed + "." + parts[2]);
    }

    @Test
    void anUnsignedTokenIsRefused() {
        String header = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        refused(header + "." + issuer.service(Caller.SMTP_GATEWAY).split("\\.")[1] + ".");
    }

    @Test
    void aTokenSignedWithThePublicKeyAsASharedSecretIsRefused() {
        String forged = Jwt.claims().issuer(TokenIssuer.ISSUER).subject("smtp-gateway").audience(AUDIENCE).expiresIn(Duration.ofHours(1))
                .jws().algorithm(SignatureAlgorithm.HS256)
                .sign(new SecretKeySpec(issuer.jwks().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        refused(forged);
    }

    @Test
    void nonsenseIsRefused() {
        refused("");
        refused("a.b.c");
        refused("x".repeat(100_000));
    }

    @Test
    void aNewKeyInTheFileIsFoundWithoutARestart() throws Exception {
        MovableClock clock = new MovableClock(Instant.now());
        ServiceTokens watched = new ServiceTokens(TokenIssuer.trusting(folder.resolve("jwks.json")), clock);
        watched.caller(issuer.service(Caller.SMTP_GATEWAY));
        TokenIssuer second = new TokenIssuer("two");
        second.writeJwks(folder);
        clock.now = clock.now.plusSeconds(5);
        assertEquals(Caller.POP3_GATEWAY, watched.caller(second.service(Caller.POP3_GATEWAY)));
    }

    @Test
    void withoutKeysNobodyIsLetIn() throws IOException {
        Files.delete(folder.resolve("jwks.json"));
        ServiceTokens blind = new ServiceTokens(TokenIssuer.trusting(folder.resolve("jwks.json")), Clock.systemUTC());
        assertThrows(KeysUnavailableException.class, () -> blind.caller(issuer.service(Caller.SMTP_GATEWAY)));
    }

    @Test
    void aClustersPrefixIsNeededWhereItIsConfigured() throws Exception {
        IdentitySettings cluster = new IdentitySettings(folder.resolve("jwks.json").toString(), Duration.ofMinutes(1), Optional.empty(),
                Optional.empty(), TokenIssuer.ISSUER, AUDIENCE, "system:serviceaccount:mail:");
        ServiceTokens strict = new ServiceTokens(cluster, Clock.systemUTC());
        Instant soon = Instant.now().plusSeconds(60);
        assertEquals(Caller.SMTP_GATEWAY,
                strict.caller(issuer.token("system:serviceaccount:mail:smtp-gateway", AUDIENCE, TokenIssuer.ISSUER, soon)));
        assertThrows(InvalidTokenException.class, () -> strict.caller(issuer.service(Caller.SMTP_GATEWAY)));
        assertThrows(InvalidTokenException.class,
                () -> strict.caller(issuer.token("system:serviceaccount:other:smtp-gateway", AUDIENCE, TokenIssuer.ISSUER, soon)));
    }

    private void refused(String token) {
        assertThrows(InvalidTokenException.class, () -> tokens.caller(token));
    }

    private static final class MovableClock extends Clock {
        private Instant now;

        MovableClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
