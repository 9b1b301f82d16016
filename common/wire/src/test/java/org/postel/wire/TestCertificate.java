package org.postel.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A self-signed certificate for localhost, made when a test asks for one.
 *
 * @param certificate the PEM file of the certificate
 * @param key         the PEM file of its key, PKCS#8
 * @param trust       a client's context that trusts this certificate only
 */
public record TestCertificate(Path certificate, Path key, SSLContext trust) {

    private static final char[] PASSWORD = "changeit".toCharArray();

    /** Makes one in a folder. */
    public static TestCertificate in(Path folder) throws IOException {
        Path store = folder.resolve("test-" + System.nanoTime() + ".p12");
        keytool(store);
        try {
            KeyStore made = KeyStore.getInstance(store.toFile(), PASSWORD);
            Path certificate = pem(folder.resolve("cert.pem"), "CERTIFICATE", made.getCertificate("test").getEncoded());
            Path key = pem(folder.resolve("key.pem"), "PRIVATE KEY", made.getKey("test", PASSWORD).getEncoded());
            return new TestCertificate(certificate, key, trusting(made));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** A TLS certificate that is not reloaded. */
    public TlsCertificate load() throws IOException {
        return new TlsCertificate(certificate, key, java.time.Duration.ofHours(1));
    }

    /** One that serves nobody who asks for another server. */
    public TlsCertificate loadStrict() throws IOException {
        return new TlsCertificate(certificate, key, java.time.Duration.ofHours(1), true);
    }

    private static void keytool(Path store) throws IOException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "test", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "30",
                "-dname", "CN=localhost", "-ext", "SAN=dns:localhost,dns:mail.example.test,dns:*.wild.test,ip:127.0.0.1", "-storetype", "PKCS12",
                "-keystore", store.toString(), "-storepass", new String(PASSWORD)).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static Path pem(Path file, String what, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
    }

    private static SSLContext trusting(KeyStore made) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("test", made.getCertificate("test"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
