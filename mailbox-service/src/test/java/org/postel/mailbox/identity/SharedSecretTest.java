package org.postel.mailbox.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SharedSecretTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final SharedSecret secret = new SharedSecret(() -> key(1), "mailboxes", 2_048, Set.of());

    private static SecretKey key(int octet) {
        byte[] octets = new byte[32];
        Arrays.fill(octets, (byte) octet);
        return new SecretKeySpec(octets, "HmacSHA256");
    }

    private static JwtClaimsBuilder claims(Instant end) {
        return Jwt.claims().subject("alice").issuedAt(end.minus(HOUR)).expiresAt(end);
    }

    private static JwtClaimsBuilder claims() {
        return claims(Instant.now().plus(HOUR));
    }

    @Test
    void whatItSignedItReads() throws Exception {
        assertEquals("alice", secret.parse(secret.sign(claims())).getSubject());
    }

    @Test
    void aTokenForAnotherUseIsNone() {
        String other = new SharedSecret(() -> key(1), "administration", 2_048, Set.of()).sign(claims());
        assertThrows(ParseException.class, () -> secret.parse(other));
    }

    @Test
    void aTokenOfAnotherSecretIsNone() {
        String other = new SharedSecret(() -> key(2), "mailboxes", 2_048, Set.of()).sign(claims());
        assertThrows(ParseException.class, () -> secret.parse(other));
    }

    @Test
    void oneThatEndedOrLacksAClaimIsNone() {
        String ended = secret.sign(claims(Instant.now().minus(ClockSkew.MOST).minusSeconds(5)));
        assertThrows(ParseException.class, () -> secret.parse(ended));
        SharedSecret wanting = new SharedSecret(() -> key(1), "mailboxes", 2_048, Set.of("protocol"));
        String lacking = secret.sign(claims());
        assertThrows(ParseException.class, () -> wanting.parse(lacking));
    }

    @Test
    void theSecretMayChange() throws Exception {
        AtomicReference<SecretKey> key = new AtomicReference<>(key(1));
        SharedSecret changing = new SharedSecret(key::get, "mailboxes", 2_048, Set.of());
        String before = changing.sign(claims());
        assertEquals("alice", changing.parse(before).getSubject());
        key.set(key(2));
        assertThrows(ParseException.class, () -> changing.parse(before));
        assertEquals("alice", changing.parse(changing.sign(claims())).getSubject());
    }

    @Test
    void oneThatIsTooLongIsNotLookedAt() {
        assertThrows(InvalidTokenException.class, () -> secret.parse("x".repeat(2_049)));
    }
}
