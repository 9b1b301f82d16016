package org.postel.imap.command;

import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.ListPattern;
import org.postel.imap.syntax.MailboxName;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.MailboxTree;

/** LSUB, RFC 3501 §6.3.9. */
final class LsubCommand {

    private LsubCommand() {
    }

    static Step run(Conversation conversation, ImapCommand.Lsub lsub) throws IOException {
        if (lsub.pattern().length == 0) {
            conversation.write(ListCommand.line(conversation, "LSUB", List.of("\\Noselect"), ""));
        } else {
            TreeMap<String, Boolean> names = names(conversation.mail().tree(),
                    ListPattern.of(lsub.reference(), lsub.pattern(), conversation.dialect().utf8()));
            for (var name : names.entrySet()) {
                conversation.write(ListCommand.line(conversation, "LSUB", name.getValue() ? List.of() : List.of("\\Noselect"), name.getKey()));
            }
        }
        return new Step(conversation.state(), Completion.ok("LSUB completed"));
    }

    /** The names to list, and whether they are subscribed themselves. */
    private static TreeMap<String, Boolean> names(MailboxTree tree, ListPattern pattern) {
        TreeMap<String, Boolean> names = new TreeMap<>();
        for (Mailbox mailbox : tree.getMailboxesList()) {
            if (mailbox.getSubscribed()) {
                add(names, mailbox.getName(), pattern);
            }
        }
        tree.getOrphanSubscriptionsList().forEach(name -> add(names, name, pattern));
        return names;
    }

    private static void add(TreeMap<String, Boolean> names, String name, ListPattern pattern) {
        if (pattern.matches(name)) {
            names.put(name, true);
            return;
        }
        // RFC 3501 §6.3.9: "%" shows a superior of a subscribed name with \Noselect.
        int end = name.lastIndexOf(MailboxName.SEPARATOR);
        while (end > 0 && pattern.text().endsWith("%")) {
            if (pattern.matches(name.substring(0, end))) {
                names.putIfAbsent(name.substring(0, end), false);
            }
            end = name.lastIndexOf(MailboxName.SEPARATOR, end - 1);
        }
    }
}
