package org.postel.mailbox.identity;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.json.JsonUtil;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** Issues service tokens as a cluster or the launcher does, with a key of its own. */
public final class TokenIssuer {

    public static final String ISSUER = "postel-local";

    private final KeyPair keys;
    private final String keyId;

    public TokenIssuer(String keyId) {
        this.keyId = keyId;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The JWKS document with the public key. */
    public String jwks() {
        ECPublicKey key = (ECPublicKey) keys.getPublic();
        return """
                {"keys":[{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"%s","x":"%s","y":"%s"}]}
                """.formatted(keyId, coordinate(key.getW().getAffineX().toByteArray()), coordinate(key.getW().getAffineY().toByteArray()));
    }

    public Path writeJwks(Path folder) throws IOException {
        return Files.writeString(folder.resolve("jwks.json"), jwks());
    }

    /** Settings that trust this issuer. */
    public static IdentitySettings trusting(Path jwks) {
        return new IdentitySettings(jwks.toString(), Duration.ofMinutes(5), Optional.empty(), Optional.empty(), ISSUER, "mailbox-service", "");
    }

    /** Settings that trust access tokens of this issuer for mail. */
    public static OauthSettings oauth(String jwks, String accountClaim) {
        return new OauthSettings(new KeySource(jwks, Duration.ofMinutes(5), Duration.ofSeconds(30), Optional.empty(), Optional.empty()),
                "https://id.example.test", "mail", Set.of("mail.read", "mail.send"), accountClaim, Optional.empty());
    }

    /** Claims of an access token that {@link #oauth} settings find good; to be changed. */
    public static Map<String, Object> accessClaims(String email) {
        long now = Instant.now().getEpochSecond();
        return new HashMap<>(Map.of("iss", "https://id.example.test", "sub", "4711", "aud", "mail", "iat", now - 600, "exp", now + 600,
                "scope", "openid mail.read mail.send", "email", email));
    }

    /** A token with exactly these claims. */
    public String access(Map<String, Object> claims) {
        try {
            JsonWebSignature token = new JsonWebSignature();
            token.setPayload(JsonUtil.toJson(claims));
            token.setAlgorithmHeaderValue("ES256");
            token.setKeyIdHeaderValue(keyId);
            token.setKey(keys.getPrivate());
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    public String service(Caller caller) {
        return token(caller.subject(), "mailbox-service", ISSUER, Instant.now().plusSeconds(600));
    }

    public String token(String subject, String audience, String issuer, Instant expires) {
        return token(subject, audience, issuer, Instant.now().minusSeconds(600), expires);
    }

    /** A token of this issuer that is good for an hour from then on. */
    public String issuedAt(String subject, Instant issued) {
        return token(subject, "mailbox-service", ISSUER, issued, issued.plusSeconds(3600));
    }

    private String token(String subject, String audience, String issuer, Instant issued, Instant expires) {
        return Jwt.claims().issuer(issuer).subject(subject).audience(audience)
                .issuedAt(issued).expiresAt(expires)
                .jws().algorithm(SignatureAlgorithm.ES256).keyId(keyId)
                .sign(keys.getPrivate());
    }

    private static String coordinate(byte[] twosComplement) {
        byte[] fixed = new byte[32];
        int length = Math.min(32, twosComplement.length);
        byte[] tail = Arrays.copyOfRange(twosComplement, twosComplement.length - length, twosComplement.length);
        System.arraycopy(tail, 0, fixed, 32 - length, length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
    }
}
