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
            return step(conversation, reply(conversation, append, literal));
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

    private Completion reply(Conversation conversation, ImapCommand.Append append, IncomingLiteral literal) throws IOException, Refused {
        var refusal = Legality.refusal(conversation.state(), append);
        if (refusal.isPresent()) {
            throw new Refused(refusal.get());
        }
        if (append.size() > conversation.settings().message()) {
            throw new Refused(Replies.TOO_BIG);
        }
        if (!memory.take(append.size())) {
            return inPieces(conversation, append, literal);
        }
        try {
            return whole(conversation, append, literal);
        } finally {
            memory.giveBack(append.size());
        }
    }

    private static Completion inPieces(Conversation conversation, ImapCommand.Append append, IncomingLiteral literal) throws IOException, Refused {
        try (Mail.Upload upload = conversation.mail().append(start(append, lookUp(conversation, append)))) {
            literal.invite();
            literal.readInto(upload::write);
            end(literal);
            return completion(upload.finish());
        }
    }

    private static Completion whole(Conversation conversation, ImapCommand.Append append, IncomingLiteral literal) throws IOException, Refused {
        Optional<Mailbox> known = conversation.lastAppend().mailbox(append.mailbox());
        Mailbox mailbox = known.isPresent() ? known.get() : lookUp(conversation, append);
        literal.invite();
        AppendWholeRequest.Builder message = AppendWholeRequest.newBuilder().setData(UnsafeByteOperations.unsafeWrap(literal.whole()));
        end(literal);
        try {
            return completion(conversation.mail().append(message.setStart(start(append, mailbox)).build()));
        } catch (MailboxServiceException e) {
            if (known.isEmpty() || e.reason() != MailboxServiceException.Reason.NOT_FOUND) {
                throw e;
            }
            // It is gone since the last APPEND; another may have its name.
            return completion(conversation.mail().append(message.setStart(start(append, lookUp(conversation, append))).build()));
        }
    }

    private static Mailbox lookUp(Conversation conversation, ImapCommand.Append append) throws Refused {
        Mailbox mailbox = Names.selectable(conversation, append.mailbox(), Replies.TRY_CREATE);
        conversation.lastAppend().found(append.mailbox(), mailbox);
        return mailbox;
    }

    private static AppendStart start(ImapCommand.Append append, Mailbox mailbox) {
        AppendStart.Builder start = AppendStart.newBuilder()
                .setMailboxId(mailbox.getId()).addAllFlags(append.flags()).setSize(append.size());
        append.date().ifPresent(date -> start
                .setInternalDate(date.toInstant().toEpochMilli())
                .setInternalDateZone(date.getOffset().getTotalSeconds() / 60));
        return start.build();
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
