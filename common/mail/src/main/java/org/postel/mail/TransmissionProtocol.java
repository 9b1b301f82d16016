package org.postel.mail;

/** How a mail came in, for the {@code with} clause: RFC 3848, RFC 6531 §4.3. */
public enum TransmissionProtocol {
    SMTP, ESMTP, ESMTPA, ESMTPS, ESMTPSA, UTF8SMTP, UTF8SMTPA, UTF8SMTPS, UTF8SMTPSA, LMTP, LMTPS, UTF8LMTP, UTF8LMTPS;

    /** The word for a transaction over LMTP (RFC 2033). */
    public static TransmissionProtocol ofLmtp(boolean utf8, boolean tls) {
        return valueOf((utf8 ? "UTF8LMTP" : "LMTP") + (tls ? "S" : ""));
    }

    /**
     * The word for a transaction.
     *
     * @param extended whether the client said EHLO
     * @param utf8     whether MAIL had SMTPUTF8
     */
    public static TransmissionProtocol of(boolean extended, boolean utf8, boolean tls, boolean authenticated) {
        if (!extended) {
            // HELO: RFC 3848 has no word for HELO under TLS or after AUTH.
            return SMTP;
        }
        return valueOf((utf8 ? "UTF8SMTP" : "ESMTP") + (tls ? "S" : "") + (authenticated ? "A" : ""));
    }
}
