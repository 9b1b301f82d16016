package org.postel.imap.command;

import java.util.Optional;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.MailboxName;
import org.postel.mailbox.api.v1.Mailbox;

/** Finds mailboxes by name. */
final class Names {

    private Names() {
    }

    /** What has that name. */
    static Optional<Mailbox> find(Conversation conversation, MailboxName name) {
        return conversation.mail().tree(name.text()).getMailboxesList().stream().filter(mailbox -> mailbox.getName().equals(name.text())).findFirst();
    }

    /** The mailbox of that name that can hold messages; {@code missing} when there is no such name. */
    static Mailbox selectable(Conversation conversation, MailboxName name, Completion missing) throws Refused {
        Mailbox found = find(conversation, name).orElseThrow(() -> new Refused(missing));
        if (!found.getSelectable()) {
            throw new Refused(Replies.NOT_SELECTABLE);
        }
        return found;
    }
}
