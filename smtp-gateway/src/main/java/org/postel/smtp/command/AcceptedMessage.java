package org.postel.smtp.command;

import java.time.Instant;
import org.postel.mail.QueueId;
import org.postel.smtp.session.SmtpState;

/**
 * A message ready for the queue.
 *
 * @param id         names it from here on
 * @param envelope   sender and recipients
 * @param content    our Received is its first line
 * @param messageId  the Message-ID field, or empty when it has none
 * @param peer       who sent it
 * @param acceptedAt when
 * @param assessment what was found out about it
 */
public record AcceptedMessage(QueueId id, SmtpState.Addressing envelope, Content content, String messageId, Peer peer,
                              Instant acceptedAt, Assessment assessment) {
}
