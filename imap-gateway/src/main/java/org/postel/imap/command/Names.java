package org.postel.imap.command;

import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.MailboxName;
import org.postel.mailbox.api.v1.Mailbox;

/** Finds mailboxes by name. */
final class Names {

    private Names() {
    }

    /** The mailbox of that name that can hold messages; {@code missing} when there is no such name. */
    static Mailbox selectable(Conversation conversation, MailboxName name, Completion missing) throws Refused {
        Mailbox found = conversation.mail().mailbox(name.text()).orElseThrow(() -> new Refused(missing));
        if (!found.getSelectable()) {
            throw new Refused(Replies.NOT_SELECTABLE);
        }
        return found;
    }
}
