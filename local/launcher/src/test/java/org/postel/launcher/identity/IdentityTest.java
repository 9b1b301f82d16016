package org.postel.launcher.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {

    @TempDir
    Path folder;

    @Test
    void aTokenIsVerifiedWithThePublicKeySet() throws Exception {
        new Tokens(SigningKey.in(folder), folder).write("imap-gateway", "imap-gateway", Tokens.MAILBOX_SERVICE);
        JsonWebKeySet published = new JsonWebKeySet(Files.readString(folder.resolve("jwks.json")));
        JwtClaims claims = new JwtConsumerBuilder()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(published.getJsonWebKeys()))
                .setExpectedAudience(Tokens.MAILBOX_SERVICE).setExpectedIssuer(Tokens.ISSUER).setRequireExpirationTime()
                .build().processToClaims(Files.readString(folder.resolve("imap-gateway.token")));
        assertEquals("imap-gateway", claims.getSubject());
    }

    @Test
    void thePublishedSetHoldsNoPrivateKey() throws IOException {
        SigningKey.in(folder);
        assertFalse(Files.readString(folder.resolve("jwks.json")).contains("\"d\""));
    }

    @Test
    void theKeyStaysTheSameFromStartToStart() throws IOException {
        SigningKey.in(folder);
        String first = Files.readString(folder.resolve("jwks.json"));
        SigningKey.in(folder);
        assertEquals(first, Files.readString(folder.resolve("jwks.json")));
    }

    @Test
    void secretsAreReadableByTheirOwnerOnly() throws IOException {
        new Tokens(SigningKey.in(folder), folder).write("admin", "launcher", Tokens.ADMIN);
        Certificate.makeIn(folder, "mail.example.test");
        for (String secret : new String[] {"signing-key.json", "admin.token", "key.pem"}) {
            assertEquals("rw-------", PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(folder.resolve(secret))), secret);
        }
    }

    @Test
    void theCertificateNamesTheHostAndItsKeyIsPkcs8() throws Exception {
        Certificate.makeIn(folder, "mail.example.test");
        try (var in = Files.newInputStream(folder.resolve("cert.pem"))) {
            X509Certificate made = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            assertTrue(made.getSubjectAlternativeNames().toString().contains("mail.example.test"));
        }
        String key = Files.readString(folder.resolve("key.pem")).replaceAll("-----[A-Z ]+-----|\\s", "");
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key)));
        assertFalse(Files.exists(folder.resolve("making.p12")));
    }

    @Test
    void passwordsAreLongAndDiffer() {
        assertEquals(16, RandomPassword.next().length());
        assertFalse(RandomPassword.next().equals(RandomPassword.next()));
    }
}
