package org.postel.delivery.smtp;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Whether a server's certificate is what the policy asks for. */
final class ServerTrust extends X509ExtendedTrustManager {

    /** More certificates than any honest server sends. */
    private static final int LONGEST_CHAIN = 12;

    /** One for all that are not asked who they are: a server known from before needs no full handshake. */
    private static final SSLContext ANYBODY = create(TlsPolicy.OPPORTUNISTIC, "");

    private final TlsPolicy policy;
    private final String host;

    private ServerTrust(TlsPolicy policy, String host) {
        this.policy = policy;
        this.host = host;
    }

    /** For a handshake with the server of this name. */
    static SSLContext context(TlsPolicy policy, String host) {
        return switch (policy) {
            case TlsPolicy.Off ignored -> ANYBODY;
            case TlsPolicy.Opportunistic ignored -> ANYBODY;
            case TlsPolicy.Required ignored -> ANYBODY;
            // Its own: a session that is taken up again is not judged again.
            case TlsPolicy.Verified ignored -> create(policy, host);
            case TlsPolicy.Dane ignored -> create(policy, host);
        };
    }

    private static SSLContext create(TlsPolicy policy, String host) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new ServerTrust(policy, host)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        switch (policy) {
            // In clear it would go to whoever listens too: an MX record without DNSSEC does not say whose certificate to expect.
            case TlsPolicy.Off ignored -> { }
            case TlsPolicy.Opportunistic ignored -> { }
            case TlsPolicy.Required ignored -> { }
            case TlsPolicy.Verified(Authorities authorities, var _) -> {
                authorities.manager().checkServerTrusted(chain, type, socket);
                named(chain[0], Set.of(host));
            }
            case TlsPolicy.Dane dane -> associated(chain, dane);
        }
    }

    private static void named(X509Certificate certificate, Set<String> names) throws CertificateException {
        if (!CertificateNames.haveOneOf(names, certificate)) {
            throw new CertificateException("the certificate is not for " + String.join(" or ", names));
        }
    }

    private static void associated(X509Certificate[] chain, TlsPolicy.Dane dane) throws CertificateException {
        if (chain.length > LONGEST_CHAIN) {
            throw new CertificateException("a chain of " + chain.length + " certificates");
        }
        Set<TrustAnchor> anchors = new HashSet<>();
        for (Tlsa association : dane.associations()) {
            // RFC 7672 §3.1.1: neither names nor dates of the certificate matter, DNS says that it is the one.
            if (association.usage() == Tlsa.END_ENTITY && association.matches(chain[0])) {
                return;
            }
            for (X509Certificate certificate : chain) {
                if (association.usage() == Tlsa.TRUST_ANCHOR && association.matches(certificate)) {
                    anchors.add(new TrustAnchor(certificate, null));
                }
            }
        }
        if (anchors.isEmpty()) {
            throw new CertificateException("the certificate is none of those that DNS names (TLSA)");
        }
        vouchedFor(chain, anchors);
        named(chain[0], dane.names());
    }

    /** RFC 7672 §3.1.2. */
    private static void vouchedFor(X509Certificate[] chain, Set<TrustAnchor> anchors) throws CertificateException {
        X509CertSelector leaf = new X509CertSelector();
        leaf.setCertificate(chain[0]);
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, leaf);
            parameters.setRevocationEnabled(false);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.of(chain))));
            CertPathBuilder.getInstance("PKIX").build(parameters);
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the authority that DNS names (TLSA) does not vouch for the certificate", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("only sockets are used");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("only sockets are used");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("there are no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("there are no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("there are no clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
