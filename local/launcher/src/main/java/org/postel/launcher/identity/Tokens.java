package org.postel.launcher.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/**
 * Writes the tokens (RFC 7519) that say which service calls. They live an hour and are written anew while the platform runs;
 * their readers look at the file again when it changes.
 */
public final class Tokens {

    /** How long a token is good for. */
    public static final Duration LIFE = Duration.ofHours(1);
    /** Who signs: the services are told to trust this name. */
    public static final String ISSUER = "postel-local";
    /** For whom the services' tokens are. */
    public static final String MAILBOX_SERVICE = "mailbox-service";
    /** For whom the launcher's own token is. */
    public static final String ADMIN = "admin";

    private final SigningKey key;
    private final Path folder;

    /** Tokens signed by a key, written into a folder. */
    public Tokens(SigningKey key, Path folder) {
        this.key = key;
        this.folder = folder;
    }

    /**
     * Writes {@code <name>.token}.
     *
     * @param name the file's
     * @param subject who the bearer is
     * @param audience whom it may call
     * @throws IOException when the disk refuses
     */
    public void write(String name, String subject, String audience) throws IOException {
        PrivateFile.write(folder.resolve(name + ".token"), sign(subject, audience));
    }

    private String sign(String subject, String audience) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setSubject(subject);
        claims.setAudience(audience);
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(LIFE.toMinutes());
        claims.setGeneratedJwtId();
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key.key().getPrivateKey());
        signature.setKeyIdHeaderValue(key.key().getKeyId());
        signature.setAlgorithmHeaderValue(key.key().getAlgorithm());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException("Our own key cannot sign", impossible);
        }
    }
}
