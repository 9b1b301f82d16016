package org.postel.imap.command;

import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.util.Optional;
import org.postel.imap.session.Legality;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.AppendResponse;
import org.postel.mailbox.api.v1.AppendStart;
import org.postel.mailbox.api.v1.AppendWholeRequest;
import org.postel.mailbox.api.v1.Mailbox;

/** APPEND, RFC 3501 §6.3.11, with APPENDUID of RFC 4315 §3. A small message goes on in one call, another in pieces. */
final class AppendCommand {

    private final MessageMemory memory;

    AppendCommand(MessageMemory memory) {
        this.memory = memory;
    }

    /** Ends with the line of the command read, unless the literal was refused before its octets came. */
    Step run(Conversation conversation, ImapCommand.Append append, boolean synchronising) throws IOException {
        IncomingLiteral literal = new IncomingLiteral(conversation, append.size(), synchronising);
        try {
            return step(conversation, reply(conversation, start(conversation, append), literal));
        } catch (Refused e) {
            literal.drop();
            return step(conversation, e.reply());
        } catch (MailboxServiceException e) {
            literal.drop();
            return step(conversation, Replies.of(e));
        }
    }

    private static Step step(Conversation conversation, Completion reply) {
        return new Step(conversation.state(), reply);
    }

    private static AppendStart start(Conversation conversation, ImapCommand.Append append) throws Refused {
        var refusal = Legality.refusal(conversation.state(), append);
        if (refusal.isPresent()) {
            throw new Refused(refusal.get());
        }
        if (append.size() > conversation.settings().message()) {
            throw new Refused(Replies.TOO_BIG);
        }
        Mailbox mailbox = Names.selectable(conversation, append.mailbox(), Replies.TRY_CREATE);
        AppendStart.Builder start = AppendStart.newBuilder()
                .setMailboxId(mailbox.getId()).addAllFlags(append.flags()).setSize(append.size());
        append.date().ifPresent(date -> start
                .setInternalDate(date.toInstant().toEpochMilli())
                .setInternalDateZone(date.getOffset().getTotalSeconds() / 60));
        return start.build();
    }

    private Completion reply(Conversation conversation, AppendStart start, IncomingLiteral literal) throws IOException, Refused {
        if (!memory.take(start.getSize())) {
            return inPieces(conversation, start, literal);
        }
        try {
            return whole(conversation, start, literal);
        } finally {
            memory.giveBack(start.getSize());
        }
    }

    private static Completion whole(Conversation conversation, AppendStart start, IncomingLiteral literal) throws IOException, Refused {
        literal.invite();
        byte[] octets = literal.whole();
        end(literal);
        return completion(conversation.mail().append(AppendWholeRequest.newBuilder()
                .setStart(start).setData(UnsafeByteOperations.unsafeWrap(octets)).build()));
    }

    private static Completion inPieces(Conversation conversation, AppendStart start, IncomingLiteral literal) throws IOException, Refused {
        try (Mail.Upload upload = conversation.mail().append(start)) {
            literal.invite();
            literal.readInto(upload::write);
            end(literal);
            return completion(upload.finish());
        }
    }

    private static void end(IncomingLiteral literal) throws IOException, Refused {
        Optional<Completion> fault = literal.endOfCommand();
        if (fault.isPresent()) {
            throw new Refused(fault.get());
        }
    }

    private static Completion completion(AppendResponse stored) {
        return Completion.ok("APPENDUID " + Integer.toUnsignedString(stored.getUidValidity())
                + " " + Integer.toUnsignedString(stored.getUid()), "APPEND completed");
    }
}
