package org.postel.smtp.backend;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import org.postel.mail.BodyType;
import org.postel.queue.v1.Origin;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;
import org.postel.queue.v1.Stage;
import org.postel.queue.v1.TraceEvent;
import org.postel.smtp.command.AcceptedMessage;
import org.postel.smtp.command.Content;
import org.postel.smtp.session.AcceptedRecipient;
import org.postel.smtp.session.Login;

/** Writes an accepted message as the queue's records. */
final class QueueRecords {

    private QueueRecords() {
    }

    static QueuedMessage message(AcceptedMessage message) {
        var mail = message.envelope().mail();
        QueuedMessage.Builder record = QueuedMessage.newBuilder()
            .setQueueId(ByteString.copyFrom(message.id().toBytes()))
            .setReversePath(mail.from().address())
            .setSmtputf8(mail.smtputf8())
            .setBody(body(mail.body()))
            .setAcceptedAt(message.acceptedAt().toEpochMilli())
            .setOrigin(origin(message))
            .setStage(Stage.ROUTE)
            .setEnvelopeId(mail.dsn().envid())
            .setReturnContent(mail.dsn().ret())
            .setTls(mail.requireTls() ? QueuedMessage.Tls.REQUIRED : QueuedMessage.Tls.AS_USUAL)
            .setTrustFields(message.assessment().fields())
            .setJunk(message.assessment().junk());
        message.envelope().to().forEach(recipient -> record.addRecipients(recipient(recipient)));
        switch (message.content()) {
            // Not copied: nobody changes the octets any more.
            case Content.Inline(byte[] octets) -> record.setInline(UnsafeByteOperations.unsafeWrap(octets));
            case Content.Claimed(long size) -> record.setClaimedSize(size);
        }
        return record.build();
    }

    static TraceEvent accepted(AcceptedMessage message, String host) {
        return TraceEvent.newBuilder()
            .setQueueId(ByteString.copyFrom(message.id().toBytes()))
            .setAt(message.acceptedAt().toEpochMilli())
            .setStep("accepted")
            .setMessageId(message.messageId())
            .setDetail("from " + message.envelope().mail().from() + " by " + client(message) + ", " + message.envelope().to().size()
                + " recipients, " + message.content().size() + " octets")
            .setHost(host)
            .setSender(message.envelope().mail().from().address())
            .setSize(message.content().size())
            .build();
    }

    private static String client(AcceptedMessage message) {
        Origin origin = origin(message);
        return origin.getHelo() + " [" + origin.getClientAddress() + "]" + (message.peer().tls() ? " under " + message.peer().tlsSecurity() : " in clear")
            + (origin.getAuthenticatedAs().isEmpty() ? "" : " as " + origin.getAuthenticatedAs());
    }

    private static Recipient recipient(AcceptedRecipient recipient) {
        Recipient.Builder record = Recipient.newBuilder()
            .setAddress(recipient.address())
            .setOriginalRecipientParameter(recipient.dsn().orcpt())
            .setNotify(recipient.dsn().notifyValue());
        return recipient.original().equals(recipient.address()) ? record.build() : record.setOriginal(recipient.original()).build();
    }

    private static QueuedMessage.Body body(BodyType body) {
        return switch (body) {
            case SEVEN_BIT -> QueuedMessage.Body.SEVEN_BIT;
            case EIGHT_BIT_MIME -> QueuedMessage.Body.EIGHT_BIT_MIME;
            case BINARY_MIME -> QueuedMessage.Body.BINARY_MIME;
        };
    }

    private static Origin origin(AcceptedMessage message) {
        Origin.Builder origin = Origin.newBuilder()
            .setClientAddress(message.peer().address().getHostAddress())
            .setHelo(message.envelope().client().name().text())
            .setTls(message.peer().tls());
        return switch (message.envelope().login()) {
            case Login.Anonymous ignored -> origin.build();
            case Login.Authenticated(var account) -> origin.setAuthenticatedAs(account.address()).build();
        };
    }
}
