package org.postel.trust;

import org.postel.trust.dmarc.DmarcResult;

/**
 * What is to be thought of a mail.
 *
 * @param field the Authentication-Results to put before it, ended by CRLF
 * @param dmarc what its author's domain says
 */
public record Opinion(String field, DmarcResult dmarc) {
}
