package org.postel.smtp.server;

import org.postel.smtp.session.Service;

/** The ports of a gateway that has them all, in the order of {@link SmtpPorts#bound()}. */
enum Entrance {
    MX(Service.MX, false, false),
    SUBMISSION(Service.SUBMISSION, false, false),
    SUBMISSIONS(Service.SUBMISSION, true, false),
    PROXIED_MX(Service.MX, false, true),
    PROXIED_SUBMISSION(Service.SUBMISSION, false, true),
    PROXIED_SUBMISSIONS(Service.SUBMISSION, true, true),
    LMTP(Service.LMTP, false, false);

    private final Service service;
    private final boolean tls;
    private final boolean proxied;

    Entrance(Service service, boolean tls, boolean proxied) {
        this.service = service;
        this.tls = tls;
        this.proxied = proxied;
    }

    Service service() {
        return service;
    }

    /** Whether TLS begins before the greeting: RFC 8314 §3.3. */
    boolean tls() {
        return tls;
    }

    /** Whether a header of the PROXY protocol comes first. */
    boolean proxied() {
        return proxied;
    }
}
