package org.postel.mailbox.identity;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Tokens that mailbox-service makes for itself: JWTs (RFC 7519) signed with a secret that all its pods share (HS256, RFC 7518 §3.2), for
 * one audience, so that none is good for another use.
 */
final class SharedSecret {

    private static final String ISSUER = "mailbox-service";

    private final Supplier<SecretKey> key;
    private final String audience;
    private final int longest;
    private final Set<String> wanted;
    private volatile Reader reader;

    /** What reads tokens of one key; making it takes ten times as long as reading a token. */
    private record Reader(SecretKey key, JWTParser parser) {}

    /**
     * @param key      asked for at each use, so it may come later than this object
     * @param audience what they are for
     * @param longest  most characters of one
     * @param wanted   claims that each must have, beside its subject and its end
     */
    SharedSecret(Supplier<SecretKey> key, String audience, int longest, Set<String> wanted) {
        this.key = key;
        this.audience = audience;
        this.longest = longest;
        this.wanted = new HashSet<>(Set.of("exp", "sub"));
        this.wanted.addAll(wanted);
    }

    /** The text of a token with these claims. */
    String sign(JwtClaimsBuilder claims) {
        return claims.issuer(ISSUER).audience(audience).jws().algorithm(SignatureAlgorithm.HS256).sign(key.get());
    }

    /**
     * What a token says.
     *
     * @throws ParseException when it is not ours, or has ended
     * @throws InvalidTokenException when it is too long to be ours
     */
    JsonWebToken parse(String text) throws ParseException, InvalidTokenException {
        if (text.length() > longest) {
            throw new InvalidTokenException("the token is too long");
        }
        return parser(key.get()).parse(text);
    }

    private JWTParser parser(SecretKey now) {
        Reader known = reader;
        if (known == null || !known.key.equals(now)) {
            known = new Reader(now, new DefaultJWTParser(rules(now)));
            reader = known;
        }
        return known.parser;
    }

    private JWTAuthContextInfo rules(SecretKey now) {
        JWTAuthContextInfo rules = new JWTAuthContextInfo();
        rules.setSecretVerificationKey(now);
        rules.setSignatureAlgorithm(Set.of(SignatureAlgorithm.HS256));
        rules.setIssuedBy(ISSUER);
        rules.setClockSkew((int) ClockSkew.MOST.toSeconds());
        rules.setExpectedAudience(Set.of(audience));
        rules.setRequiredClaims(wanted);
        return rules;
    }
}
