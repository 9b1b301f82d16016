package org.postel.imap.command;

import java.io.IOException;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.AclCommand;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ResponseBuffer;
import org.postel.mailbox.api.v1.Acl;
import org.postel.mailbox.api.v1.GetAclRequest;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.SetAclRequest;

/** GETACL, SETACL, DELETEACL, LISTRIGHTS and MYRIGHTS, RFC 4314 §3. An identifier is the address of an account. */
final class AclCommands {

    private AclCommands() {
    }

    static Step run(Conversation conversation, AclCommand command) throws IOException, Refused {
        Mailbox mailbox = Names.selectable(conversation, command.mailbox(), Replies.NO_SUCH_MAILBOX);
        switch (command) {
            case AclCommand.GetAcl _ -> get(conversation, mailbox);
            case AclCommand.SetAcl it -> set(conversation, mailbox, it.identifier(), SetAclRequest.newBuilder().setRights(it.rights()).setChange(switch (it.change()) {
                case REPLACE -> SetAclRequest.Change.REPLACE;
                case ADD -> SetAclRequest.Change.ADD;
                case REMOVE -> SetAclRequest.Change.REMOVE;
            }));
            case AclCommand.DeleteAcl it -> set(conversation, mailbox, it.identifier(), SetAclRequest.newBuilder());
            case AclCommand.ListRights it -> list(conversation, mailbox, it.identifier());
            case AclCommand.MyRights _ -> my(conversation, mailbox);
        }
        return new Step(conversation.state(), Completion.ok(command.verb() + " completed"));
    }

    private static Acl acl(Conversation conversation, Mailbox mailbox) {
        return conversation.mail().acl(GetAclRequest.newBuilder().setMailboxId(mailbox.getId()).build());
    }

    private static void get(Conversation conversation, Mailbox mailbox) throws IOException {
        ResponseBuffer out = conversation.response().raw("* ACL ").mailbox(mailbox.getName());
        acl(conversation, mailbox).getEntriesList().forEach(entry -> out.sp().string(entry.getIdentifier()).sp().raw(MailboxRights.wire(entry.getRights())));
        conversation.write(out.crlf().take());
    }

    private static void set(Conversation conversation, Mailbox mailbox, String identifier, SetAclRequest.Builder change) {
        conversation.mail().setAcl(change.setMailboxId(mailbox.getId()).setIdentifier(identifier).build());
        conversation.wantNewest();
    }

    /** RFC 4314 §3.4: the owner has all rights for good, anybody else each of them or not. */
    private static void list(Conversation conversation, Mailbox mailbox, String identifier) throws IOException {
        boolean owner = acl(conversation, mailbox).getEntriesList().stream().findFirst().filter(entry -> entry.getIdentifier().equalsIgnoreCase(identifier)).isPresent();
        String all = MailboxRights.wire(MailboxRights.ALL);
        conversation.write(conversation.response().raw("* LISTRIGHTS ").mailbox(mailbox.getName()).sp().string(identifier)
                .raw(owner ? " " + all : " \"\" " + String.join(" ", all.split(""))).crlf().take());
    }

    static void my(Conversation conversation, Mailbox mailbox) throws IOException {
        conversation.write(conversation.response().raw("* MYRIGHTS ").mailbox(mailbox.getName()).sp()
                .raw(MailboxRights.wire(MailboxRights.of(mailbox).letters())).crlf().take());
    }
}
