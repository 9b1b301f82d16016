package org.postel.imap.session;

import java.util.Arrays;
import java.util.Optional;

/** What a client can turn on with ENABLE (RFC 5161); it stays on until the connection is closed. */
public enum Extension {

    /** RFC 7162 §3.1. */
    CONDSTORE("CONDSTORE"),
    /** RFC 7162 §3.2.3; turns CONDSTORE on too. */
    QRESYNC("QRESYNC"),
    /** RFC 9586: no message numbers any more. */
    UIDONLY("UIDONLY"),
    /** RFC 6855 §3: names and quoted strings in UTF-8. */
    UTF8_ACCEPT("UTF8=ACCEPT"),
    /** RFC 9051 §6.3.1. */
    IMAP4REV2("IMAP4rev2");

    private final String wire;

    Extension(String wire) {
        this.wire = wire;
    }

    /** As ENABLED writes it. */
    public String wire() {
        return wire;
    }

    /** The extension that ENABLE names, in upper case. */
    public static Optional<Extension> named(String name) {
        return Arrays.stream(values()).filter(extension -> extension.wire.equalsIgnoreCase(name)).findFirst();
    }
}
