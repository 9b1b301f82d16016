package org.postel.mailbox.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SessionTokensTest {

    private final AccountSession session = new AccountSession(UUID.randomUUID(), SessionProtocol.IMAP, 7);

    @Test
    void theAppPasswordThatOpenedItGoesAlong() throws InvalidTokenException {
        AccountSession phone = new AccountSession(session.accountId(), SessionProtocol.IMAP, 7, Optional.of("abcd"),
                Optional.of(new AccountSession.Origin("s1", "192.0.2.1", Instant.ofEpochSecond(1_000_000))));
        SessionTokens tokens = with(1, Clock.systemUTC());
        SessionTokens others = with(1, Clock.systemUTC());
        assertEquals(phone, others.open(tokens.issue(phone)));
        assertEquals(Optional.empty(), others.open(tokens.issue(session)).appPassword());
    }

    @Test
    void whoIssuedATokenKnowsWhatEveryPodReadsInIt() throws InvalidTokenException {
        AccountSession phone = new AccountSession(session.accountId(), SessionProtocol.POP3, 7, Optional.of("abcd"),
                Optional.of(new AccountSession.Origin("s1", "192.0.2.1", Instant.ofEpochSecond(1_000_000, 999_000_000))));
        SessionTokens tokens = with(1, Clock.systemUTC());
        String token = tokens.issue(phone);
        assertEquals(with(1, Clock.systemUTC()).open(token), tokens.open(token));
    }

    @Test
    void whoIssuedATokenDoesNotCheckItsSignature() throws InvalidTokenException {
        AtomicInteger asked = new AtomicInteger();
        SessionTokens tokens = new SessionTokens(() -> {
            asked.incrementAndGet();
            return new SecretKeySpec(new byte[32], "HmacSHA256");
        }, Duration.ofHours(1), Clock.systemUTC());
        String token = tokens.issue(session);
        int before = asked.get();
        assertEquals(session, tokens.open(token));
        assertEquals(before, asked.get());
    }

    @Test
    void anIssuedTokenEndsForWhoIssuedItToo() {
        Instant start = Instant.now();
        AtomicReference<Instant> now = new AtomicReference<>(start);
        SessionTokens tokens = with(1, new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        });
        String token = tokens.issue(session);
        now.set(start.plus(Duration.ofHours(1)).plus(ClockSkew.MOST).plusSeconds(2));
        assertThrows(InvalidTokenException.class, () -> tokens.open(token));
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
