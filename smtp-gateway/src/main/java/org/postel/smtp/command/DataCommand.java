package org.postel.smtp.command;

import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.MDC;
import org.postel.smtp.command.MessageIntake.Incoming;
import org.postel.smtp.session.Step.Answer;
import org.postel.smtp.session.Step.ReadContent;
import org.postel.smtp.syntax.ContentDecoder;
import org.postel.smtp.syntax.Reply;

/**
 * Takes the content of a message and answers for it: RFC 5321 §4.1.1.4. Whatever is wrong with the content, it is read to its
 * end first: else the rest of it would be read as commands.
 */
public final class DataCommand {

    private final MessageIntake intake;

    public DataCommand(MessageIntake intake) {
        this.intake = intake;
    }

    /** The transaction is over in any case, but for a lack of room: then nothing was asked for yet. */
    public Answer decide(ReadContent step, Peer peer, ContentSource source) throws IOException {
        Optional<Incoming> opened = intake.open(step.envelope(), peer);
        if (opened.isEmpty()) {
            return new Answer(step.envelope(), MessageIntake.NO_ROOM);
        }
        try (Incoming message = opened.get()) {
            MDC.put("queue_id", message.id().toString());
            source.invite(step.goAhead());
            return new Answer(step.envelope().ended(), take(message, source));
        } finally {
            MDC.remove("queue_id");
        }
    }

    private static Reply take(Incoming message, ContentSource source) throws IOException {
        ContentDecoder decoder = new ContentDecoder(message);
        byte[] block = new byte[MessageIntake.BLOCK];
        while (!decoder.ended()) {
            int count = source.read(block);
            int used = decoder.take(block, 0, count);
            if (used < count) {
                source.unread(count - used);
            }
        }
        return message.finish(decoder.faults());
    }
}
