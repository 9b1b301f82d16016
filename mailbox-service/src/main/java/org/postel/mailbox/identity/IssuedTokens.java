package org.postel.mailbox.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;

/**
 * Checks tokens that the cluster or the launcher issued: signature by a key of the JWKS, issuer, one audience, end. A token
 * found good is remembered until it ends, at most {@link #REMEMBERED}.
 */
public final class IssuedTokens {

    private static final Logger LOG = Logger.getLogger(IssuedTokens.class);
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final int LONGEST_TOKEN = 16 << 10;

    private final IdentitySettings settings;
    private final String audience;
    private final Clock clock;
    private final KeySet keySet;
    private final Cache<String, Good> good = Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(REMEMBERED).build();
    private final ReentrantLock lock = new ReentrantLock();
    private Keys keys = new Keys("", Instant.MIN);

    private record Good(String subject, Instant end) {}

    private record Keys(String document, Instant readAt) {}

    public IssuedTokens(IdentitySettings settings, String audience, Clock clock) {
        this.settings = settings;
        this.audience = audience;
        this.clock = clock;
        this.keySet = new KeySet(settings);
    }

    /**
     * The {@code sub} of a good token.
     *
     * @throws InvalidTokenException    when it is not good
     * @throws KeysUnavailableException when there are no keys to check it with
     */
    public String subject(String token) throws InvalidTokenException {
        Good known = good.getIfPresent(token);
        if (known == null) {
            known = check(token);
            good.put(token, known);
        }
        if (ClockSkew.over(known.end, clock.instant())) {
            throw new InvalidTokenException("the token has ended");
        }
        return known.subject;
    }

    private Good check(String token) throws InvalidTokenException {
        if (token.length() > LONGEST_TOKEN) {
            throw new InvalidTokenException("the token is too long");
        }
        String document = keys(false);
        try {
            return parse(token, document);
        } catch (ParseException e) {
            // Perhaps signed by a key that is newer than what we have.
            String fresh = keys(true);
            if (fresh.equals(document)) {
                throw new InvalidTokenException("the token is not good", e);
            }
            return parseAgain(token, fresh);
        }
    }

    private Good parseAgain(String token, String document) throws InvalidTokenException {
        try {
            return parse(token, document);
        } catch (ParseException e) {
            throw new InvalidTokenException("the token is not good", e);
        }
    }

    private Good parse(String token, String document) throws ParseException {
        JWTAuthContextInfo rules = new JWTAuthContextInfo();
        rules.setPublicKeyContent(document);
        rules.setIssuedBy(settings.issuer());
        rules.setClockSkew((int) ClockSkew.MOST.toSeconds());
        rules.setExpectedAudience(Set.of(audience));
        // What launchers and clusters sign with; never "none", never a shared secret.
        rules.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256, SignatureAlgorithm.RS256));
        rules.setRequireNamedPrincipal(true);
        rules.setRequiredClaims(Set.of("exp", "sub"));
        JWTParser parser = new DefaultJWTParser(rules);
        JsonWebToken parsed = parser.parse(token);
        return new Good(parsed.getSubject(), Instant.ofEpochSecond(parsed.getExpirationTime()));
    }

    private String keys(boolean lookAgain) {
        lock.lock();
        try {
            Duration allowed = lookAgain || keys.document.isEmpty() ? RETRY : settings.jwksRefresh();
            if (keys.readAt.plus(allowed).isBefore(clock.instant())) {
                read();
            }
            if (keys.document.isEmpty()) {
                throw new KeysUnavailableException("no keys of service tokens yet: " + settings.jwks(), null);
            }
            return keys.document;
        } finally {
            lock.unlock();
        }
    }

    private void read() {
        try {
            keys = new Keys(keySet.read(), clock.instant());
        } catch (IOException e) {
            LOG.warnf("keys of service tokens not read: %s", e.getMessage());
            keys = new Keys(keys.document, clock.instant());
        }
    }
}
