package org.postel.wire;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jboss.logging.Logger;
import org.postel.wire.sasl.ChannelBinding;

/**
 * What a TLS session can be told apart by from all others. The JDK does not give away the Finished messages that
 * {@code tls-unique} (RFC 5929 §3) is made of, and TLS 1.3 has no such binding.
 */
final class TlsBindings {

    private static final Logger LOG = Logger.getLogger(TlsBindings.class);
    // RFC 9266 §2
    private static final String EXPORTER_LABEL = "EXPORTER-Channel-Binding";
    private static final int EXPORTER_OCTETS = 32;
    private static final Pattern SIGNATURE = Pattern.compile("SHA(\\d+)WITH.*", Pattern.CASE_INSENSITIVE);

    private TlsBindings() {}

    /** Of a session whose handshake is over; the better one first. */
    static List<ChannelBinding> of(SSLSession session) {
        List<ChannelBinding> bindings = new ArrayList<>();
        exporter(session).ifPresent(data -> bindings.add(new ChannelBinding(ChannelBinding.TLS_EXPORTER, data)));
        endPoint(session).ifPresent(data -> bindings.add(new ChannelBinding(ChannelBinding.TLS_SERVER_END_POINT, data)));
        return List.copyOf(bindings);
    }

    // RFC 9266 §4.2: in TLS 1.2 only with the extended master secret, of which the JDK tells nothing.
    private static Optional<byte[]> exporter(SSLSession session) {
        if (!session.getProtocol().equals("TLSv1.3") || !(session instanceof ExtendedSSLSession extended)) {
            return Optional.empty();
        }
        try {
            return Optional.of(extended.exportKeyingMaterialData(EXPORTER_LABEL, new byte[0], EXPORTER_OCTETS));
        } catch (SSLException | UnsupportedOperationException e) {
            LOG.debugf("no tls-exporter: %s", e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<byte[]> endPoint(SSLSession session) {
        Certificate[] sent = session.getLocalCertificates();
        return sent != null && sent.length > 0 && sent[0] instanceof X509Certificate certificate ? hash(certificate) : Optional.empty();
    }

    // RFC 5929 §4.1: the hash of the certificate's signature, but SHA-256 for MD5 and SHA-1. A signature without a hash of its
    // own, such as Ed25519, leaves the binding undefined.
    private static Optional<byte[]> hash(X509Certificate certificate) {
        Matcher signature = SIGNATURE.matcher(certificate.getSigAlgName());
        if (!signature.matches()) {
            return Optional.empty();
        }
        String algorithm = signature.group(1).equals("1") ? "SHA-256" : "SHA-" + signature.group(1);
        try {
            return Optional.of(MessageDigest.getInstance(algorithm).digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            LOG.debugf("no tls-server-end-point: %s", e.getMessage());
            return Optional.empty();
        }
    }
}
