package org.postel.mailbox.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SessionTokensTest {

    private final AccountSession session = new AccountSession(UUID.randomUUID(), SessionProtocol.IMAP, 7);

    @Test
    void theAppPasswordThatOpenedItGoesAlong() throws InvalidTokenException {
        AccountSession phone = new AccountSession(session.accountId(), SessionProtocol.IMAP, 7, Optional.of("abcd"),
                Optional.of(new AccountSession.Origin("s1", "192.0.2.1", Instant.ofEpochSecond(1_000_000))));
        SessionTokens tokens = with(1, Clock.systemUTC());
        assertEquals(phone, tokens.open(tokens.issue(phone)));
        assertEquals(Optional.empty(), tokens.open(tokens.issue(session)).appPassword());
    }

    @Test
    void whatWasIssuedIsOpenedByEveryPodWithTheKey() throws InvalidTokenException {
        String token = with(1, Clock.systemUTC()).issue(session);
        assertEquals(session, with(1, Clock.systemUTC()).open(token));
    }

    @Test
    void aTokenOfAnotherKeyIsRefused() {
        String token = with(2, Clock.systemUTC()).issue(session);
        assertThrows(InvalidTokenException.class, () -> with(1, Clock.systemUTC()).open(token));
    }

    @Test
    void anEndedTokenIsRefused() {
        String token = with(1, Clock.fixed(Instant.now().minus(Duration.ofHours(3)), ZoneOffset.UTC)).issue(session);
        assertThrows(InvalidTokenException.class, () -> with(1, Clock.systemUTC()).open(token));
    }

    @Test
    void aTokenOfAPodWhoseClockIsMinutesOffIsOpened() throws InvalidTokenException {
        Instant now = Instant.now();
        Duration off = ClockSkew.MOST.minusSeconds(20);
        String ended = with(1, Clock.fixed(now.minus(Duration.ofHours(1)).minus(off), ZoneOffset.UTC)).issue(session);
        assertEquals(session, with(1, Clock.systemUTC()).open(ended));
        String ahead = with(1, Clock.fixed(now.plus(off), ZoneOffset.UTC)).issue(session);
        assertEquals(session, with(1, Clock.systemUTC()).open(ahead));
    }

    @Test
    void aServiceTokenIsNoSessionToken() {
        String token = new TokenIssuer("one").service(Caller.IMAP_GATEWAY);
        assertThrows(InvalidTokenException.class, () -> with(1, Clock.systemUTC()).open(token));
    }

    @Test
    void nonsenseIsRefused() {
        assertThrows(InvalidTokenException.class, () -> with(1, Clock.systemUTC()).open(""));
        assertThrows(InvalidTokenException.class, () -> with(1, Clock.systemUTC()).open("a.b.c"));
    }

    private static SessionTokens with(int keyByte, Clock clock) {
        byte[] key = new byte[32];
        key[0] = (byte) keyByte;
        return new SessionTokens(() -> new SecretKeySpec(key, "HmacSHA256"), Duration.ofHours(1), clock);
    }
}
