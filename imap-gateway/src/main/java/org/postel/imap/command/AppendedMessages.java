package org.postel.imap.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.postel.imap.syntax.AppendArguments.Piece;
import org.postel.imap.syntax.Completion;
import org.postel.mailbox.api.v1.AppendAllResponse;

/** The messages of one APPEND or REPLACE on their way into the store, one after the other, part by part; none is kept here. */
final class AppendedMessages {

    private static final Completion ENABLE_UTF8 = Completion.bad("ENABLE UTF8=ACCEPT first");
    private static final Completion ONE_MESSAGE = Completion.bad("REPLACE takes one message");

    private final Conversation conversation;
    private final AppendDialogue dialogue;
    private final Mail.Batch batch;
    private final AppendTarget target;
    /** Of a message whose first octets have not come yet. */
    private Optional<Piece.Begin> begun = Optional.empty();
    private int messages;
    /** Octets of the message so far. */
    private long size;

    AppendedMessages(Conversation conversation, AppendDialogue dialogue, Mail.Batch batch, AppendTarget target) {
        this.conversation = conversation;
        this.dialogue = dialogue;
        this.batch = batch;
        this.target = target;
    }

    /** Stores them all: the message that begins so, and what follows. */
    AppendAllResponse store(Piece.Begin begin, Piece first) throws IOException, Refused {
        take(begin);
        return rest(first);
    }

    /** As {@link #store(Piece.Begin, Piece)}, where the first message was read already. */
    AppendAllResponse store(Piece.Begin begin, byte[] message, Piece after) throws IOException, Refused {
        take(begin);
        grow(message.length);
        announce(message.length);
        batch.write(message, 0, message.length);
        return rest(after);
    }

    private AppendAllResponse rest(Piece first) throws IOException, Refused {
        for (Piece piece = first; !(piece instanceof Piece.Done); piece = dialogue.next()) {
            take(piece);
        }
        return batch.finish();
    }

    private void take(Piece piece) throws IOException, Refused {
        switch (piece) {
            case Piece.Begin begin -> {
                begun = Optional.of(begin);
                size = 0;
                new MessageLimit(conversation).check(++messages);
            }
            case Piece.Octets octets -> {
                if (octets.utf8() && !conversation.dialect().utf8()) {
                    throw new Refused(ENABLE_UTF8);
                }
                // RFC 4469 §4.2: refused before the octets come.
                grow(octets.header().size());
                announce(octets.header().size());
                dialogue.invite().readInto(batch::write);
                dialogue.proceed();
            }
            case Piece.Url url -> append(url.url());
            case Piece.UrlOctets url -> {
                if (url.header().size() > conversation.settings().literal()) {
                    throw new Refused(Replies.TOO_BIG);
                }
                byte[] octets = dialogue.invite().whole();
                dialogue.proceed();
                append(new String(octets, StandardCharsets.UTF_8));
            }
            case Piece.End _ -> {
                if (size == 0) {
                    throw new Refused(Replies.CANCELLED);
                }
                if (target.replaces().isPresent() && !(dialogue.next() instanceof Piece.Done)) {
                    throw new Refused(ONE_MESSAGE);
                }
            }
            case Piece.Done _ -> throw new IllegalStateException("nothing follows the end");
        }
    }

    private void append(String text) throws IOException, Refused {
        CatenatedUrl url = new CatenatedUrl(conversation, text);
        grow(url.size());
        announce(0);
        url.write(octets -> batch.write(octets, 0, octets.length));
    }

    /** @param octets that will come of the message in any case: what has no room is refused before them */
    private void announce(long octets) {
        begun.ifPresent(begin -> batch.begin(target.start(begin).setSize(octets).build()));
        begun = Optional.empty();
    }

    private void grow(long octets) throws Refused {
        if (octets > conversation.settings().message() - size) {
            throw new Refused(Replies.TOO_BIG);
        }
        size += octets;
    }
}
