package org.postel.imap.command;

import java.io.IOException;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.NotifyEvent;

/** NOTIFY, RFC 5465 §3.1. */
final class NotifyCommand {

    private static final Completion TOO_MANY = Completion.no("NOTIFICATIONOVERFLOW", "Too many mailboxes to be watched");

    private NotifyCommand() {
    }

    static Step run(Conversation conversation, ImapCommand.Notify notify) throws IOException, Refused {
        if (notify.unknownEvent()) {
            throw new Refused(Completion.no("BADEVENT (" + NotifyEvent.names() + ")", "No such event here"));
        }
        if (!notify.groups().isEmpty()) {
            // RFC 5465 §3.1: NOTIFY SET is a NOOP too.
            CatchUp.read(conversation);
            Reporting.all(conversation);
        }
        if (!conversation.notifications().watch(new Watch(notify.groups()))) {
            throw new Refused(TOO_MANY);
        }
        if (notify.status()) {
            conversation.notifications().describe();
        }
        return new Step(conversation.state(), Completion.ok("NOTIFY completed"));
    }
}
