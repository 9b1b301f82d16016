package org.postel.smtp.command;

import java.time.ZonedDateTime;
import java.util.Optional;
import org.postel.mail.QueueId;
import org.postel.mail.Received;
import org.postel.mail.TransmissionProtocol;
import org.postel.smtp.session.Login;
import org.postel.smtp.session.SmtpState.Addressing;

/**
 * What our Received line says: RFC 5321 §4.4.
 *
 * @param hostname      our name
 * @param clientsHidden whether it does not say where somebody who logged in sent from: every recipient could read who was where when
 */
public record TraceLine(String hostname, boolean clientsHidden) {

    String of(QueueId id, Addressing envelope, Peer peer, ZonedDateTime at) {
        boolean authenticated = envelope.login() instanceof Login.Authenticated;
        TransmissionProtocol with = envelope.client().lmtp() ? TransmissionProtocol.ofLmtp(envelope.mail().smtputf8(), peer.tls())
            : TransmissionProtocol.of(envelope.client().extended(), envelope.mail().smtputf8(), peer.tls(), authenticated);
        Optional<Received.From> from = authenticated && clientsHidden ? Optional.empty()
            : Optional.of(new Received.From(envelope.client().name().text(), peer.address()));
        Optional<String> recipient = envelope.to().size() == 1 ? Optional.of(envelope.to().getFirst().address()) : Optional.empty();
        return new Received(from, hostname, with, id, recipient, at).toString();
    }
}
