package org.postel.smtp.session;

import org.postel.smtp.syntax.ClientName;

/**
 * Who said hello.
 *
 * @param name     the name it gave
 * @param extended whether with EHLO or LHLO
 * @param lmtp     whether with LHLO: RFC 2033 §4.1
 */
public record Client(ClientName name, boolean extended, boolean lmtp) {

    /** One that speaks SMTP. */
    public Client(ClientName name, boolean extended) {
        this(name, extended, false);
    }
}
