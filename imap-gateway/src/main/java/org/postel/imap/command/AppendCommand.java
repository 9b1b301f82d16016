package org.postel.imap.command;

import java.io.IOException;
import java.util.Optional;
import org.postel.imap.session.Legality;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.AppendResponse;
import org.postel.mailbox.api.v1.AppendStart;
import org.postel.mailbox.api.v1.Mailbox;

/** APPEND, RFC 3501 §6.3.11, with APPENDUID of RFC 4315 §3. The message goes through in pieces. */
final class AppendCommand {

    private AppendCommand() {
    }

    /** Ends with the line of the command read, unless the literal was refused before its octets came. */
    static Step run(Conversation conversation, ImapCommand.Append append, boolean synchronising) throws IOException {
        IncomingLiteral literal = new IncomingLiteral(conversation, append.size(), synchronising);
        try {
            try (Mail.Upload upload = open(conversation, append)) {
                literal.invite();
                return step(conversation, receive(conversation, literal, upload));
            }
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

    private static Mail.Upload open(Conversation conversation, ImapCommand.Append append) throws Refused {
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
        return conversation.mail().append(start.build());
    }

    private static Completion receive(Conversation conversation, IncomingLiteral literal, Mail.Upload upload)
            throws IOException {
        literal.readInto(upload::write);
        Optional<Completion> fault = literal.endOfCommand();
        if (fault.isPresent()) {
            return fault.get();
        }
        try {
            AppendResponse stored = upload.finish();
            return Completion.ok("APPENDUID " + Integer.toUnsignedString(stored.getUidValidity())
                    + " " + Integer.toUnsignedString(stored.getUid()), "APPEND completed");
        } catch (MailboxServiceException e) {
            return Replies.of(e);
        }
    }
}
