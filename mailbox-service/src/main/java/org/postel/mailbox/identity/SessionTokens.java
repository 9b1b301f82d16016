package org.postel.mailbox.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Issues and checks session tokens. Only this service reads them, so a {@link SharedSecret} signs them. What is checked here is the token alone; whether the account is still good is asked at Renew.
 */
public final class SessionTokens {

    private static final String AUDIENCE = "mailboxes";
    private static final String PROTOCOL = "protocol";
    private static final String CREDENTIALS = "credentials";
    private static final String APP_PASSWORD = "app";
    private static final String ADDRESS = "from";
    private static final String OPENED = "opened";
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int LONGEST_TOKEN = 2_048;

    private final SharedSecret secret;
    private final Duration ttl;
    private final Clock clock;
    private final Cache<String, Good> good = Caffeine.newBuilder().maximumSize(50_000).expireAfterWrite(REMEMBERED).build();

    private record Good(AccountSession session, Instant end) {}

    /**
     * @param key the shared secret; asked for at each use, so it may come later than this object
     * @param ttl how long a token is good, at least a minute; for clocks that differ it is taken five minutes longer
     */
    public SessionTokens(Supplier<SecretKey> key, Duration ttl, Clock clock) {
        if (ttl.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("a session token lives for a minute at least");
        }
        this.secret = new SharedSecret(key, AUDIENCE, LONGEST_TOKEN, Set.of(PROTOCOL, CREDENTIALS));
        this.ttl = ttl;
        this.clock = clock;
    }

    /** How long a token is good. */
    public Duration ttl() {
        return ttl;
    }

    /** A fresh token. This instance remembers what it says: to check it at its first call would take a third of a millisecond. */
    public String issue(AccountSession issued) {
        AccountSession session = asTold(issued);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        JwtClaimsBuilder claims = Jwt.claims();
        session.appPassword().ifPresent(id -> claims.claim(APP_PASSWORD, id));
        session.origin().ifPresent(origin -> claims.claim(Claims.jti, origin.id()).claim(ADDRESS, origin.address())
                .claim(OPENED, origin.opened().getEpochSecond()));
        String token = secret.sign(claims
                .subject(session.accountId().toString())
                .claim(PROTOCOL, session.protocol().claim())
                .claim(CREDENTIALS, session.credentialVersion())
                .issuedAt(now)
                .expiresAt(now.plus(ttl)));
        good.put(token, new Good(session, now.plus(ttl).truncatedTo(ChronoUnit.SECONDS)));
        return token;
    }

    /** With times in whole seconds, which is what a token can tell. */
    private static AccountSession asTold(AccountSession session) {
        return new AccountSession(session.accountId(), session.protocol(), session.credentialVersion(), session.appPassword(), session.origin()
                .map(origin -> new AccountSession.Origin(origin.id(), origin.address(), origin.opened().truncatedTo(ChronoUnit.SECONDS))));
    }

    /**
     * What a token says.
     *
     * @throws InvalidTokenException when it is not ours, or has ended
     */
    public AccountSession open(String token) throws InvalidTokenException {
        Good known = good.getIfPresent(token);
        if (known == null) {
            known = check(token);
            good.put(token, known);
        }
        if (ClockSkew.over(known.end, clock.instant())) {
            throw new InvalidTokenException("the session token has ended");
        }
        return known.session;
    }

    private static Optional<AccountSession.Origin> origin(JsonWebToken token) {
        return token.<Object>claim(OPENED).map(opened -> new AccountSession.Origin(token.getTokenID(), String.valueOf(token.<Object>claim(ADDRESS).orElse("")),
                Instant.ofEpochSecond(Long.parseLong(opened.toString()))));
    }

    private Good check(String token) throws InvalidTokenException {
        try {
            JsonWebToken parsed = secret.parse(token);
            SessionProtocol protocol = SessionProtocol.of(parsed.getClaim(PROTOCOL).toString())
                    .orElseThrow(() -> new InvalidTokenException("a session of an unknown protocol"));
            int credentials = Integer.parseInt(parsed.getClaim(CREDENTIALS).toString());
            AccountSession session = new AccountSession(UUID.fromString(parsed.getSubject()), protocol, credentials,
                    parsed.<Object>claim(APP_PASSWORD).map(Object::toString), origin(parsed));
            return new Good(session, Instant.ofEpochSecond(parsed.getExpirationTime()));
        } catch (ParseException | IllegalArgumentException e) {
            throw new InvalidTokenException("the session token is not good", e);
        }
    }
}
