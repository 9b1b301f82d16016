package org.postel.wire;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.StandardConstants;

/** The names a certificate is for: whoever asks for another one (RFC 6066 §3) wants another server (SAFETY row 7). */
final class ServerNames extends SNIMatcher {

    // GeneralName's choice dNSName: RFC 5280 §4.2.1.6
    private static final Integer DNS_NAME = 2;

    private final Set<String> names;

    private ServerNames(Set<String> names) {
        super(StandardConstants.SNI_HOST_NAME);
        this.names = names;
    }

    static ServerNames of(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> all = Optional.ofNullable(certificate.getSubjectAlternativeNames()).orElse(List.of());
        return new ServerNames(all.stream().filter(name -> name.getFirst().equals(DNS_NAME))
                .map(name -> name.get(1).toString().toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet()));
    }

    // RFC 9525 §6.3: a wildcard is the whole first label, and stands for one.
    @Override
    public boolean matches(SNIServerName asked) {
        String name = new String(asked.getEncoded(), StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        return names.contains(name) || names.contains("*" + name.substring(Math.max(0, name.indexOf('.'))));
    }
}
