package org.postel.mail.dsn;

import java.time.Instant;
import java.util.Optional;

/**
 * What became of the mail for one recipient: RFC 3464 §2.3.
 *
 * @param address           the address that the sender knows, without angle brackets: what an alias led to stays private
 * @param originalRecipient the ORCPT parameter of RFC 3461 §4.2 as received, such as {@code rfc822;bob+40example.test}
 * @param action            what became of it
 * @param status            RFC 3463, such as {@code 5.1.1}; anything else becomes the general status of the action
 * @param answer            of the last server that was asked
 * @param explanation       what happened, in plain words; empty to let the status speak
 * @param lastAttempt       when it was tried last
 * @param retryUntil        for a delay: when it will be given up
 */
public record RecipientReport(
        String address,
        Optional<String> originalRecipient,
        Action action,
        String status,
        Optional<RemoteAnswer> answer,
        String explanation,
        Instant lastAttempt,
        Optional<Instant> retryUntil) {
}
