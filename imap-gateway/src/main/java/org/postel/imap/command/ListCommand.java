package org.postel.imap.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.ListPattern;
import org.postel.imap.syntax.MailboxName;
import org.postel.imap.syntax.ResponseBuffer;
import org.postel.mailbox.api.v1.Mailbox;

/** LIST, RFC 3501 §6.3.8, with the attributes of RFC 3348 and RFC 6154. */
final class ListCommand {

    private ListCommand() {
    }

    static Step run(Conversation conversation, ImapCommand.List list) throws IOException {
        if (list.pattern().length == 0) {
            // RFC 3501 §6.3.8: asks for the separator and the root.
            conversation.write(line("LIST", List.of("\\Noselect"), ""));
        } else {
            matching(conversation, ListPattern.of(list.reference(), list.pattern()));
        }
        return new Step(conversation.state(), Completion.ok("LIST completed"));
    }

    private static void matching(Conversation conversation, ListPattern pattern) throws IOException {
        List<Mailbox> mailboxes = conversation.mail().tree().getMailboxesList();
        Set<String> superiors = superiors(mailboxes);
        for (Mailbox mailbox : mailboxes) {
            if (pattern.matches(mailbox.getName())) {
                conversation.write(line("LIST", attributes(mailbox, superiors), mailbox.getName()));
            }
        }
    }

    private static Set<String> superiors(List<Mailbox> mailboxes) {
        Set<String> superiors = new HashSet<>();
        for (Mailbox mailbox : mailboxes) {
            int end = mailbox.getName().lastIndexOf(MailboxName.SEPARATOR);
            while (end > 0 && superiors.add(mailbox.getName().substring(0, end))) {
                end = mailbox.getName().lastIndexOf(MailboxName.SEPARATOR, end - 1);
            }
        }
        return superiors;
    }

    private static List<String> attributes(Mailbox mailbox, Set<String> superiors) {
        List<String> attributes = new ArrayList<>();
        if (!mailbox.getSelectable()) {
            attributes.add("\\Noselect");
        }
        attributes.add(superiors.contains(mailbox.getName()) ? "\\HasChildren" : "\\HasNoChildren");
        attributes.addAll(mailbox.getSpecialUseList());
        return attributes;
    }

    static byte[] line(String verb, List<String> attributes, String name) {
        ResponseBuffer out = new ResponseBuffer().raw("* " + verb + " ").flags(attributes);
        return out.raw(" \"" + MailboxName.SEPARATOR + "\" ").mailbox(name).crlf().take();
    }
}
