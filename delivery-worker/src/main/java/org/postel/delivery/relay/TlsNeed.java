package org.postel.delivery.relay;

/** What the sender of a message said about TLS. */
public enum TlsNeed {
    /** Nothing: it is as its recipients' domain says. */
    USUAL
}
