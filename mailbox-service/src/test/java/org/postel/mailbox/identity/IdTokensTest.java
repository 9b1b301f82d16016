package org.postel.mailbox.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.mailbox.identity.IdTokens.Verdict;

/** SAFETY row 21, OpenID Connect Core 1.0 §3.1.3.7. */
class IdTokensTest {

    private static final Verdict ALICE = new Verdict.Named("alice@example.test");
    private static final Verdict NOT_GOOD = new Verdict.NotGood();
    private static final Verdict UNVERIFIED = new Verdict.Unverified();

    @TempDir
    Path folder;

    private final TokenIssuer issuer = new TokenIssuer("one");
    private IdTokens tokens;

    @BeforeEach
    void trustIssuer() throws IOException {
        tokens = tokens(issuer.writeJwks(folder).toString(), "email");
    }

    @Test
    void aTokenOfThisSignInNamesWhoSignedIn() {
        assertEquals(ALICE, check(Map.of()));
        assertEquals(ALICE, check(Map.of("email_verified", "true")));
        assertEquals(ALICE, check(Map.of("azp", "pages")));
        assertEquals(ALICE, check(Map.of("aud", List.of("pages", "others"), "azp", "pages")));
    }

    @Test
    void aTokenOfAnotherSignInIsNotGood() {
        assertEquals(NOT_GOOD, check(Map.of("nonce", "other")));
        assertEquals(NOT_GOOD, check(Map.of("nonce", "")));
        assertEquals(NOT_GOOD, check(Map.of("nonce", 1)));
        assertEquals(NOT_GOOD, tokens.check(issuer.access(claims(Map.of(), "nonce")), "n"));
    }

    @Test
    void aTokenForAnotherClientIsNotGood() {
        assertEquals(NOT_GOOD, check(Map.of("aud", "mail")));
        assertEquals(NOT_GOOD, check(Map.of("azp", "mail")));
        assertEquals(NOT_GOOD, check(Map.of("aud", List.of("pages", "others"))), "of several it must be said who asked");
        assertEquals(NOT_GOOD, tokens.check(issuer.access(claims(Map.of(), "aud")), "n"));
    }

    @Test
    void anotherIssuerOrTimeOrKeyIsNotGood() {
        assertEquals(NOT_GOOD, check(Map.of("iss", "https://evil.test")));
        assertEquals(NOT_GOOD, check(Map.of("exp", Instant.now().minus(Duration.ofMinutes(6)).getEpochSecond())));
        for (String missing : new String[] {"iss", "exp", "iat", "sub"}) {
            assertEquals(NOT_GOOD, tokens.check(issuer.access(claims(Map.of(), missing)), "n"), missing);
        }
        assertEquals(NOT_GOOD, tokens.check(new TokenIssuer("one").access(claims(Map.of())), "n"));
        assertEquals(NOT_GOOD, tokens.check("eyJhbGciOiJub25lIn0.e30.", "n"));
        assertEquals(NOT_GOOD, tokens.check("x".repeat(20_000), "n"));
    }

    /** Whoever may write any address there would be anybody. */
    @Test
    void anAddressCountsOnlyIfTheIssuerVouchesForIt() {
        assertEquals(UNVERIFIED, check(Map.of("email_verified", false)));
        assertEquals(UNVERIFIED, check(Map.of("email_verified", "no")));
        assertEquals(UNVERIFIED, tokens.check(issuer.access(claims(Map.of(), "email_verified")), "n"));
        assertEquals(UNVERIFIED, tokens.check(issuer.access(claims(Map.of(), "email")), "n"));
        assertEquals(UNVERIFIED, check(Map.of("email", "")));
        assertEquals(UNVERIFIED, check(Map.of("email", List.of("alice@example.test"))));
    }

    @Test
    void anotherClaimMayNameTheAccount() {
        IdTokens named = tokens(folder.resolve("jwks.json").toString(), "mailbox");
        assertEquals(ALICE, named.check(issuer.access(claims(Map.of("mailbox", "alice@example.test", "email", "x@example.org"), "email_verified")), "n"));
    }

    @Test
    void withoutKeysNothingIsDecided() {
        IdTokens without = tokens(folder.resolve("absent.json").toString(), "email");
        assertThrows(KeysUnavailableException.class, () -> without.check(issuer.access(claims(Map.of())), "n"));
    }

    private Verdict check(Map<String, Object> changed) {
        return tokens.check(issuer.access(claims(changed)), "n");
    }

    private static IdTokens tokens(String jwks, String claim) {
        return new IdTokens(new KeySource(jwks, Duration.ofMinutes(5), Duration.ofSeconds(30), Optional.empty(), Optional.empty()), "https://id.example.test", "pages",
                claim, Clock.systemUTC());
    }

    private static Map<String, Object> claims(Map<String, Object> changed, String... missing) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new HashMap<>(Map.of("iss", "https://id.example.test", "sub", "4711", "aud", "pages", "iat", now - 60, "exp", now + 300,
                "nonce", "n", "email", "alice@example.test", "email_verified", true));
        claims.putAll(changed);
        for (String name : missing) {
            claims.remove(name);
        }
        return claims;
    }
}
