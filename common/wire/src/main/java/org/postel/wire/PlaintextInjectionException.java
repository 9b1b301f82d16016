package org.postel.wire;

import java.io.IOException;

/** The peer sent more in clear after the command that starts TLS (RFC 3207 §4.2, CVE-2011-0411). */
public final class PlaintextInjectionException extends IOException {

    private static final long serialVersionUID = 1L;

    public PlaintextInjectionException() {
        super("octets in clear after the command that starts TLS");
    }
}
