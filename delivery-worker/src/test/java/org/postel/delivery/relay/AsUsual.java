package org.postel.delivery.relay;

import java.time.Duration;
import org.postel.delivery.smtp.Authorities;

/** Domains that say nothing about TLS, and lanes where nobody is in a hurry. */
final class AsUsual {

    static final ConnectionSecurity SECURITY =
            new ConnectionSecurity(TlsDefault.OPPORTUNISTIC, new NamedInDns(), domain -> StsPolicy.NONE,
                    Authorities.ofJava());

    private AsUsual() {
    }

    static Lanes lanes() {
        return Lanes.slow(new SlowDestinations(Duration.ofHours(1)), Duration.ofSeconds(20), Duration.ofMinutes(5));
    }
}
