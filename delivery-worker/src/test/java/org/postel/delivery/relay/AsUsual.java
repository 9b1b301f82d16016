package org.postel.delivery.relay;

import org.postel.delivery.smtp.Authorities;

/** Domains that say nothing about TLS. */
final class AsUsual {

    static final ConnectionSecurity SECURITY =
            new ConnectionSecurity(TlsDefault.OPPORTUNISTIC, new NamedInDns(), domain -> StsPolicy.NONE,
                    Authorities.ofJava());

    private AsUsual() {
    }
}
