package org.postel.mail.mime;

import java.util.List;
import java.util.Optional;

/**
 * The ENVELOPE of RFC 9051 §7.5.2. Values are the header's octets, unfolded, encoded-words as they are; empty where the
 * field is missing. A message without Sender or Reply-To has the From addresses there.
 */
public record MessageEnvelope(
        Optional<Octets> date,
        Optional<Octets> subject,
        List<EnvelopeAddress> from,
        List<EnvelopeAddress> sender,
        List<EnvelopeAddress> replyTo,
        List<EnvelopeAddress> to,
        List<EnvelopeAddress> cc,
        List<EnvelopeAddress> bcc,
        Optional<Octets> inReplyTo,
        Optional<Octets> messageId) {

    public MessageEnvelope {
        from = List.copyOf(from);
        sender = List.copyOf(sender);
        replyTo = List.copyOf(replyTo);
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
    }
}
