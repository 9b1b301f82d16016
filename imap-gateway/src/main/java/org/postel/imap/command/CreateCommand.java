package org.postel.imap.command;

import java.io.IOException;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.MailboxName;
import org.postel.imap.syntax.ObjectId;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.CreateRequest;
import org.postel.mailbox.api.v1.Mailbox;

/** CREATE, RFC 3501 §6.3.3, with a special use (RFC 6154 §3), answered with the MAILBOXID (RFC 8474 §4.1). */
final class CreateCommand {

    private CreateCommand() {
    }

    static Step run(Conversation conversation, ImapCommand.Create create) throws IOException, Refused {
        MailboxName name = create.mailbox().withoutTrailingSeparator();
        if (name.isInbox()) {
            throw new Refused(Completion.no("ALREADYEXISTS", "INBOX is always there"));
        }
        if (!name.creatable()) {
            throw new Refused(Replies.BAD_NAME);
        }
        Mailbox created = created(conversation, CreateRequest.newBuilder().setName(name.text()).addAllSpecialUse(create.specialUse()).build());
        conversation.wantNewest();
        if (create.asked().isPresent()) {
            // RFC 9051 §6.3.4: the client would look for the name that it wrote.
            conversation.write(ListCommand.renamed(conversation, name.text(), create.asked().get()));
        }
        return new Step(conversation.state(), Completion.ok("MAILBOXID (" + ObjectId.ofMailbox(created.getId()) + ")", "CREATE completed"));
    }

    private static Mailbox created(Conversation conversation, CreateRequest request) throws Refused {
        try {
            return conversation.mail().create(request);
        } catch (MailboxServiceException e) {
            boolean use = e.reason() == MailboxServiceException.Reason.INVALID_ARGUMENT || e.reason() == MailboxServiceException.Reason.FAILED_PRECONDITION;
            if (use && request.getSpecialUseCount() > 0) {
                // RFC 6154 §3: nobody's use, or another mailbox has it.
                throw new Refused(Completion.no("USEATTR", "No mailbox can have this use now"));
            }
            throw e;
        }
    }
}
