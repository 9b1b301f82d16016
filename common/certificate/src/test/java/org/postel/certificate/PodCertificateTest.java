package org.postel.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodCertificateTest {

    @TempDir
    Path given;

    @TempDir
    Path folder;

    @Test
    void isMadeForTheHostAndItsKeyFits() throws Exception {
        PodCertificate.leave(given, folder, "mail.example.test");
        X509Certificate made = certificate();
        assertEquals(Set.of("mail.example.test", "localhost", "127.0.0.1"),
                made.getSubjectAlternativeNames().stream().map(name -> String.valueOf(name.get(1))).collect(Collectors.toSet()));
        made.checkValidity(Date.from(Instant.now().plus(Duration.ofDays(3600))));
        byte[] der = Base64.getDecoder().decode(Files.readString(folder.resolve("tls.key")).replaceAll("-----[A-Z ]+-----|\\s", ""));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)));
        byte[] signed = signature.sign();
        signature.initVerify(made);
        assertTrue(signature.verify(signed));
    }

    @Test
    void leavesNothingElseAndLetsNobodyElseRead() throws IOException {
        PodCertificate.leave(given, folder, "mail.example.test");
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(Set.of("tls.crt", "tls.key"), files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("tls.key"))));
    }

    @Test
    void theOneOfTheSecretIsTakenAlsoOverOneThatWasMade() throws IOException {
        PodCertificate.leave(given, folder, "mail.example.test");
        Files.writeString(given.resolve("tls.crt"), "given");
        Files.writeString(given.resolve("tls.key"), "its key");
        PodCertificate.leave(given, folder, "mail.example.test");
        assertEquals("given", Files.readString(folder.resolve("tls.crt")));
        assertEquals("its key", Files.readString(folder.resolve("tls.key")));
    }

    /** Not one of ours with another's key: the pod does not start, and says why. */
    @Test
    void aSecretWithoutItsKeyIsAnError() throws IOException {
        Files.writeString(given.resolve("tls.crt"), "given");
        assertThrows(NoSuchFileException.class, () -> PodCertificate.leave(given, folder, "mail.example.test"));
    }

    @Test
    void whatKeytoolSaysIsTold() {
        IOException failed = assertThrows(IOException.class, () -> PodCertificate.leave(given, folder.resolve("missing"), "mail.example.test"));
        assertTrue(failed.getMessage().contains("missing"), failed.getMessage());
    }

    private X509Certificate certificate() throws Exception {
        try (var in = Files.newInputStream(folder.resolve("tls.crt"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
