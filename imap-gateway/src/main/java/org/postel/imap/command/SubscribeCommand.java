package org.postel.imap.command;

import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.MailboxName;
import org.postel.mailbox.api.v1.SubscribeRequest;

/** SUBSCRIBE and UNSUBSCRIBE, RFC 3501 §6.3.6 and §6.3.7. */
final class SubscribeCommand {

    private SubscribeCommand() {
    }

    static Step run(Conversation conversation, MailboxName mailbox, boolean subscribed) throws Refused {
        MailboxName name = mailbox.withoutTrailingSeparator();
        if (subscribed && !name.creatable()) {
            throw new Refused(Replies.BAD_NAME);
        }
        conversation.mail().subscribe(SubscribeRequest.newBuilder().setName(name.text()).setSubscribed(subscribed).build());
        return new Step(conversation.state(), Completion.ok("Completed"));
    }
}
