package org.postel.mailbox.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Checks tokens that the cluster or the launcher issued: signature by a key of the JWKS, issuer, one audience, end. A token
 * found good is remembered until it ends, at most {@link #REMEMBERED}.
 */
public final class IssuedTokens {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final int LONGEST_TOKEN = 16 << 10;

    private final IdentitySettings settings;
    private final String audience;
    private final Clock clock;
    private final CachedKeys keys;
    private final Cache<String, Good> good = Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(REMEMBERED).build();

    private record Good(String subject, Instant end) {}

    public IssuedTokens(IdentitySettings settings, String audience, Clock clock) {
        this.settings = settings;
        this.audience = audience;
        this.clock = clock;
        this.keys = new CachedKeys(settings.keys(), clock);
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
        return keys.read(document -> parse(token, document));
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
}
