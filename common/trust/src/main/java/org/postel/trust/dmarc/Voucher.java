package org.postel.trust.dmarc;

import java.util.List;
import java.util.Optional;

/**
 * Domains that stand behind a mail.
 *
 * @param sent   the one that SPF was asked about
 * @param signed those of signatures
 */
public record Voucher(Optional<String> sent, List<String> signed) {
}
