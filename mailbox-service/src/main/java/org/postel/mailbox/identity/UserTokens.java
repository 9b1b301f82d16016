package org.postel.mailbox.identity;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.json.JsonString;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** What all tokens have in common that an issuer makes about its users: how they are signed, and who they are for (RFC 7519 §4.1). */
final class UserTokens {

    static final int LONGEST = 16 << 10;
    // Never "none", never a shared secret.
    private static final Set<SignatureAlgorithm> ALGORITHMS = Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.RS384, SignatureAlgorithm.RS512,
            SignatureAlgorithm.PS256, SignatureAlgorithm.ES256, SignatureAlgorithm.ES384, SignatureAlgorithm.EDDSA);

    private final String issuer;
    private final String audience;
    private final Set<String> claims;

    /** @param claims that a token must have, beside its end */
    UserTokens(String issuer, String audience, Set<String> claims) {
        this.issuer = issuer;
        this.audience = audience;
        this.claims = new HashSet<>(claims);
        this.claims.add("exp");
    }

    /**
     * What a token says.
     *
     * @param document the keys that may have signed it, a JWKS
     * @throws ParseException when signature, issuer, audience or time is not right, or a claim is missing
     */
    JsonWebToken parse(String token, String document) throws ParseException {
        JWTAuthContextInfo rules = new JWTAuthContextInfo();
        rules.setPublicKeyContent(document);
        rules.setIssuedBy(issuer);
        rules.setExpectedAudience(Set.of(audience));
        rules.setSignatureAlgorithm(ALGORITHMS);
        rules.setClockSkew((int) ClockSkew.MOST.toSeconds());
        rules.setRequiredClaims(claims);
        rules.setRequireNamedPrincipal(false);
        return new DefaultJWTParser(rules).parse(token);
    }

    /** A claim that is a string. */
    static Optional<String> text(Object claim) {
        return switch (claim) {
            case String text -> Optional.of(text);
            case JsonString text -> Optional.of(text.getString());
            case null, default -> Optional.empty();
        };
    }
}
