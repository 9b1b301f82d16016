package org.postel.mailbox.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * The texts of tokens of the admin API: a {@link SharedSecret} JWT with an id. Scopes
 * (RFC 8693 §4.2) and domains stand in it for its bearer to read; what counts is what is kept under the id, so that a token can be revoked.
 */
public final class ApiTokenTexts {

    private static final String AUDIENCE = "administration";
    private static final int LONGEST_TOKEN = 8 << 10;
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private final SharedSecret secret;
    private final Clock clock;
    private final Cache<String, Good> good = Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(REMEMBERED).build();

    private record Good(String id, Instant end) {}

    /** @param key the shared secret; asked for at each use, so it may come later than this object */
    public ApiTokenTexts(Supplier<SecretKey> key, Clock clock) {
        this.secret = new SharedSecret(key, AUDIENCE, LONGEST_TOKEN, Set.of());
        this.clock = clock;
    }

    /**
     * A fresh text.
     *
     * @param domains empty: it is not limited to some
     */
    public String issue(String id, List<String> scopes, List<String> domains, Instant now, Instant end) {
        JwtClaimsBuilder claims = Jwt.claims();
        if (!domains.isEmpty()) {
            claims.claim("domains", domains);
        }
        return secret.sign(claims.subject(id).claim("scope", String.join(" ", scopes)).issuedAt(now).expiresAt(end));
    }

    /** Whether it says that it is signed as these are: tokens of clusters and launchers are signed with key pairs. */
    public static boolean looksLikeOne(String text) {
        int dot = text.indexOf('.');
        if (dot < 1 || text.length() > LONGEST_TOKEN) {
            return false;
        }
        try {
            return new String(Base64.getUrlDecoder().decode(text.substring(0, dot)), StandardCharsets.UTF_8).contains("\"HS256\"");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * The id that a text names.
     *
     * @throws InvalidTokenException when it is not ours, or has ended
     */
    public String open(String text) throws InvalidTokenException {
        Good known = good.getIfPresent(text);
        if (known == null) {
            known = check(text);
            good.put(text, known);
        }
        if (ClockSkew.over(known.end, clock.instant())) {
            throw new InvalidTokenException("the token has ended");
        }
        return known.id;
    }

    private Good check(String text) throws InvalidTokenException {
        try {
            JsonWebToken parsed = secret.parse(text);
            return new Good(parsed.getSubject(), Instant.ofEpochSecond(parsed.getExpirationTime()));
        } catch (ParseException e) {
            throw new InvalidTokenException("the token is not good", e);
        }
    }
}
