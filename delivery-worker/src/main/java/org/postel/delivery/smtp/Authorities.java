package org.postel.delivery.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Those whose word on a server's name counts. */
public final class Authorities {

    private final X509ExtendedTrustManager manager;

    private Authorities(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        this.manager = (X509ExtendedTrustManager) Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance).findFirst().orElseThrow();
    }

    /** Those that come with Java. */
    public static Authorities ofJava() {
        try {
            return new Authorities(null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has authorities", e);
        }
    }

    /**
     * Those of a file, and no others.
     *
     * @param pem one certificate after the other (RFC 7468)
     * @throws IOException when it cannot be read or has none
     */
    public static Authorities of(Path pem) throws IOException {
        try (InputStream in = Files.newInputStream(pem)) {
            Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IOException("no certificate in " + pem);
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
            return new Authorities(store);
        } catch (GeneralSecurityException e) {
            throw new IOException("not a file of certificates: " + pem, e);
        }
    }

    /** For clients of other protocols that look at the server's name themselves. */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    X509ExtendedTrustManager manager() {
        return manager;
    }
}
