package org.postel.launcher.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * The ES256 key pair that stands for the identity provider of a cluster. The private half stays in the launcher's file; the
 * services get the public half as a JWK set (RFC 7517 §5).
 */
public final class SigningKey {

    private static final String KEY_ID = "postel-local";

    private final EllipticCurveJsonWebKey key;

    private SigningKey(EllipticCurveJsonWebKey key) {
        this.key = key;
    }

    /**
     * The key of a folder, made at the first call, with {@code jwks.json} beside it.
     *
     * @throws IOException when the folder cannot be read or written
     */
    public static SigningKey in(Path folder) throws IOException {
        Path privateHalf = folder.resolve("signing-key.json");
        try {
            if (!Files.exists(privateHalf)) {
                create(privateHalf);
            }
            EllipticCurveJsonWebKey key = (EllipticCurveJsonWebKey) JsonWebKey.Factory.newJwk(
                    Files.readString(privateHalf));
            PrivateFile.write(folder.resolve("jwks.json"), new JsonWebKeySet(key).toJson());
            return new SigningKey(key);
        } catch (JoseException broken) {
            throw new IOException("No usable key in " + privateHalf, broken);
        }
    }

    private static void create(Path file) throws JoseException, IOException {
        EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        key.setKeyId(KEY_ID);
        key.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        key.setUse("sig");
        PrivateFile.write(file, key.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
    }

    EllipticCurveJsonWebKey key() {
        return key;
    }
}
