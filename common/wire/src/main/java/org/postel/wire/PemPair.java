package org.postel.wire;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One certificate with its key, and the TLS contexts made of them: one for each application protocol. */
final class PemPair {

    private final byte[] certificate;
    private final byte[] key;
    private final Instant notAfter;
    private final ServerNames names;
    private final Map<String, SslContext> contexts = new ConcurrentHashMap<>();

    PemPair(byte[] certificate, byte[] key) throws IOException {
        this.certificate = certificate;
        this.key = key;
        try {
            var first = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
            this.notAfter = ((X509Certificate) first).getNotAfter().toInstant();
            this.names = ServerNames.of((X509Certificate) first);
            contexts.put("", build(""));
        } catch (CertificateException | IllegalArgumentException e) {
            throw new IOException("not a usable certificate and key: " + e.getMessage(), e);
        }
    }

    Instant notAfter() {
        return notAfter;
    }

    ServerNames names() {
        return names;
    }

    SslContext context(String alpn) {
        return contexts.computeIfAbsent(alpn, name -> {
            try {
                return build(name);
            } catch (IOException e) {
                throw new IllegalStateException("the certificate was usable before", e);
            }
        });
    }

    private SslContext build(String alpn) throws IOException {
        var builder = SslContextBuilder.forServer(new ByteArrayInputStream(certificate), new ByteArrayInputStream(key))
                .sslProvider(SslProvider.JDK)
                // RFC 8314 §4.1
                .protocols("TLSv1.3", "TLSv1.2");
        if (!alpn.isEmpty()) {
            // RFC 7301 §3.2: a client that offers only other protocols gets the alert; one that offers none is served.
            builder.applicationProtocolConfig(new ApplicationProtocolConfig(Protocol.ALPN,
                    SelectorFailureBehavior.FATAL_ALERT, SelectedListenerFailureBehavior.ACCEPT, alpn));
        }
        return builder.build();
    }
}
