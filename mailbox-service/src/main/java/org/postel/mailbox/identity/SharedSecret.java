package org.postel.mailbox.identity;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
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
 *
 * @param key      asked for at each use, so it may come later than this object
 * @param audience what they are for
 * @param longest  most characters of one
 */
record SharedSecret(Supplier<SecretKey> key, String audience, int longest) {

    private static final String ISSUER = "mailbox-service";

    /** The text of a token with these claims. */
    String sign(JwtClaimsBuilder claims) {
        return claims.issuer(ISSUER).audience(audience).jws().algorithm(SignatureAlgorithm.HS256).sign(key.get());
    }

    /**
     * What a token says.
     *
     * @param wanted claims that it must have, beside its subject and its end
     * @throws ParseException when it is not ours, or has ended
     * @throws InvalidTokenException when it is too long to be ours
     */
    JsonWebToken parse(String text, String... wanted) throws ParseException, InvalidTokenException {
        if (text.length() > longest) {
            throw new InvalidTokenException("the token is too long");
        }
        JWTAuthContextInfo rules = new JWTAuthContextInfo();
        rules.setSecretVerificationKey(key.get());
        rules.setSignatureAlgorithm(Set.of(SignatureAlgorithm.HS256));
        rules.setIssuedBy(ISSUER);
        rules.setClockSkew((int) ClockSkew.MOST.toSeconds());
        rules.setExpectedAudience(Set.of(audience));
        Set<String> claims = new HashSet<>(Set.of(wanted));
        claims.addAll(Set.of("exp", "sub"));
        rules.setRequiredClaims(claims);
        return new DefaultJWTParser(rules).parse(text);
    }
}
