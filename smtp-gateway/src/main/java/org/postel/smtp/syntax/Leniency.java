package org.postel.smtp.syntax;

/** A deviation that is tolerated, because real clients send it. Each can be switched off and is counted. */
public enum Leniency {
    /**
     * {@code MAIL FROM: <a@b>}: RFC 5321 §3.3 says that spaces are not permitted there; Microsoft's and many devices' clients
     * send one, and every large server takes it.
     */
    SPACE_AFTER_COLON
}
