package org.postel.smtp.command;

import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.MDC;
import org.postel.smtp.command.MessageIntake.Incoming;
import org.postel.smtp.session.SmtpState.Addressing;
import org.postel.smtp.session.SmtpState.Chunking;
import org.postel.smtp.session.Step.Answer;
import org.postel.smtp.session.Step.DropChunk;
import org.postel.smtp.session.Step.ReadChunk;
import org.postel.smtp.syntax.ChunkedText;
import org.postel.smtp.syntax.ContentSink;
import org.postel.smtp.syntax.Reply;

/**
 * Takes the content of a message in chunks and answers for each: RFC 3030 §2. One for each session, for between two chunks it
 * holds the message. Every chunk is read to its end before it is answered, so what follows is a command whatever is wrong with
 * the chunk; and after a refusal the transaction is over, so that chunks that were sent meanwhile become no message of their own.
 */
public final class BdatCommand implements AutoCloseable {

    private final MessageIntake intake;
    private Optional<Arriving> arriving = Optional.empty();

    public BdatCommand(MessageIntake intake) {
        this.intake = intake;
    }

    private record Arriving(Incoming message, ChunkedText text) {
    }

    /** Takes a chunk, and with the last one answers for the message. */
    public Answer decide(ReadChunk step, Peer peer, ContentSource source) throws IOException {
        Addressing envelope = step.envelope();
        if (step.first()) {
            arriving = intake.open(envelope, peer).map(message -> new Arriving(message, new ChunkedText(message, envelope.mail().body())));
        }
        if (arriving.isEmpty()) {
            drop(step.chunk().size(), source);
            return new Answer(envelope.ended(), MessageIntake.NO_ROOM);
        }
        Incoming message = arriving.get().message();
        MDC.put("queue_id", message.id().toString());
        try {
            read(step.chunk().size(), source, arriving.get().text());
            Reply reply = step.chunk().last() ? finish() : message.refusal(arriving.get().text().faults()).orElse(taken(step.chunk().size()));
            boolean more = !step.chunk().last() && reply.positive();
            return new Answer(more ? new Chunking(envelope) : envelope.ended(), reply);
        } finally {
            MDC.remove("queue_id");
        }
    }

    /** Reads a chunk that has no place here. */
    public Answer decide(DropChunk step, ContentSource source) throws IOException {
        drop(step.size(), source);
        return step.then();
    }

    private Reply finish() {
        Arriving whole = arriving.orElseThrow();
        whole.text().end();
        return whole.message().finish(whole.text().faults());
    }

    private static Reply taken(long size) {
        return Reply.of(250, "2.0.0", size + " octets received");
    }

    private static void drop(long size, ContentSource source) throws IOException {
        read(size, source, (octets, offset, length) -> { });
    }

    private static void read(long size, ContentSource source, ContentSink sink) throws IOException {
        byte[] block = new byte[(int) Math.min(size, MessageIntake.BLOCK)];
        for (long left = size; left > 0;) {
            int count = source.read(block);
            int used = (int) Math.min(count, left);
            if (used < count) {
                source.unread(count - used);
            }
            sink.accept(block, 0, used);
            left -= used;
        }
    }

    /** Gives up the message that was arriving, if there is one: the transaction is over. */
    @Override
    public void close() {
        arriving.ifPresent(over -> over.message().close());
        arriving = Optional.empty();
    }
}
