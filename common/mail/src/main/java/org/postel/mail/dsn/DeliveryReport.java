package org.postel.mail.dsn;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.postel.mail.QueueId;

/**
 * All that a notification says: RFC 3464 §2.2.
 *
 * @param id            of the notification: its Message-ID is made of it
 * @param reportingHost our host name
 * @param to            the reverse-path of the mail, without angle brackets; not empty
 * @param envelopeId    the ENVID parameter of RFC 3461 §4.4 as received
 * @param arrival       when the mail was accepted
 * @param written       when the notification is made
 * @param recipients    those it is about, at least one
 * @param original      what is given back
 */
public record DeliveryReport(
        QueueId id,
        String reportingHost,
        String to,
        Optional<String> envelopeId,
        Instant arrival,
        Instant written,
        List<RecipientReport> recipients,
        Original original) {

    public DeliveryReport {
        recipients = List.copyOf(recipients);
        if (to.isEmpty() || recipients.isEmpty()) {
            throw new IllegalArgumentException("nobody to tell, or nothing to say");
        }
    }

    /** The worst that became of any recipient. */
    Action worst() {
        return recipients.stream().map(RecipientReport::action).min(Comparator.naturalOrder()).orElseThrow();
    }
}
