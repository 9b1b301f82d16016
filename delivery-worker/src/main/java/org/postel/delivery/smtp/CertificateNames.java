package org.postel.delivery.smtp;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The names a certificate is for: those of type dNSName, and no common name (RFC 8461 §4.1, RFC 7672 §3.2.3). A star stands
 * for the leftmost label as a whole.
 */
final class CertificateNames {

    private static final int DNS_NAME = 2;

    private CertificateNames() {
    }

    static boolean haveOneOf(Collection<String> wanted, X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names != null && names.stream().filter(name -> name.getFirst().equals(DNS_NAME))
                .map(name -> (String) name.get(1)).anyMatch(name -> wanted.stream().anyMatch(host -> covers(name, host)));
    }

    private static boolean covers(String pattern, String host) {
        String name = pattern.toLowerCase(Locale.ROOT);
        String wanted = host.toLowerCase(Locale.ROOT);
        int label = wanted.indexOf('.');
        // *.test would be everybody's.
        boolean star = name.startsWith("*.") && name.indexOf('.', 2) > 0 && label > 0;
        return star ? name.substring(1).equals(wanted.substring(label)) : name.equals(wanted);
    }
}
