package org.postel.trust;

import java.util.Optional;
import org.postel.trust.dmarc.DmarcResult;

/**
 * What is to be thought of a mail.
 *
 * @param field the Authentication-Results to put before it, ended by CRLF
 * @param dmarc what its author's domain says; empty when that is not asked
 * @param spf   whether the sender's domain lets the client send
 * @param dkim  whether any domain has signed it
 */
public record Opinion(String field, Optional<DmarcResult> dmarc, boolean spf, boolean dkim) {
}
