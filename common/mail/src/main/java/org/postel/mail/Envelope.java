package org.postel.mail;

import java.util.List;

/**
 * What a mail travels with: RFC 5321 §2.3.1.
 *
 * @param from     where notices go
 * @param to       the recipients, in the order given, none twice
 * @param smtputf8 whether addresses or header may be UTF-8 (RFC 6531 §3.4)
 * @param body     what octets the content may have
 */
public record Envelope(ReversePath from, List<ForwardPath> to, boolean smtputf8, BodyType body) {

    /** An envelope with no recipient is one still being written. */
    public Envelope {
        to = List.copyOf(to);
    }
}
