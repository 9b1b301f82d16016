package org.postel.wire;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SNIMatcher;
import org.jboss.logging.Logger;

/**
 * The server's certificate chain and private key, from two PEM files (the key as PKCS#8), loaded anew when a file changes.
 * A pair that cannot be used is reported once and the one before stays.
 */
public final class TlsCertificate implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(TlsCertificate.class);

    private final Path certificate;
    private final Path key;
    private final boolean strictNames;
    private final Thread watcher;
    private volatile PemPair pair;

    /** One that also serves clients who ask for another server. */
    public TlsCertificate(Path certificate, Path key, Duration interval) throws IOException {
        this(certificate, key, interval, false);
    }

    /**
     * Loads both files and watches them.
     *
     * @param interval    how often the files are looked at
     * @param strictNames whether a client that asks for a name which the certificate is not for is refused (RFC 6066 §3)
     * @throws IOException when a file cannot be read or the pair cannot be used
     */
    public TlsCertificate(Path certificate, Path key, Duration interval, boolean strictNames) throws IOException {
        this.strictNames = strictNames;
        this.certificate = certificate;
        this.key = key;
        String version = version();
        this.pair = load();
        this.watcher = Thread.ofVirtual().name("tls-certificate").start(() -> watch(version, interval));
    }

    private PemPair load() throws IOException {
        return new PemPair(Files.readAllBytes(certificate), Files.readAllBytes(key));
    }

    /** The context for new connections of a protocol; {@code alpn} empty: no application protocol is checked. */
    SslContext context(String alpn) {
        return pair.context(alpn);
    }

    /** The names clients may ask for; empty: any. */
    List<SNIMatcher> names() {
        return strictNames ? List.of(pair.names()) : List.of();
    }

    /** When the certificate in use expires. */
    public Instant notAfter() {
        return pair.notAfter();
    }

    private void watch(String first, Duration interval) {
        String seen = first;
        try {
            while (true) {
                Thread.sleep(interval);
                String now = version();
                if (!now.equals(seen)) {
                    seen = now;
                    reload();
                }
            }
        } catch (InterruptedException closed) {
            LOG.trace("no longer watching the certificate");
        }
    }

    private void reload() {
        try {
            pair = load();
            LOG.infof("certificate %s loaded, valid until %s", certificate, pair.notAfter());
        } catch (IOException e) {
            LOG.warnf("certificate %s cannot be used, the one before stays: %s", certificate, e.getMessage());
        }
    }

    // Size and time of both files; a file that is missing for a moment counts as a change.
    private String version() {
        return version(certificate) + " " + version(key);
    }

    private static String version(Path file) {
        try {
            return Files.getLastModifiedTime(file) + "/" + Files.size(file);
        } catch (IOException e) {
            return "unreadable: " + e.getClass().getSimpleName();
        }
    }

    /** Stops watching. */
    @Override
    public void close() {
        watcher.interrupt();
    }
}
