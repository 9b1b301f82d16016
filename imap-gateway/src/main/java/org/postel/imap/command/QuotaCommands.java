package org.postel.imap.command;

import java.io.IOException;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.QuotaCommand;
import org.postel.imap.syntax.ResponseBuffer;
import org.postel.mailbox.api.v1.AccountQuota;
import org.postel.mailbox.api.v1.Mailbox;

/** GETQUOTA, GETQUOTAROOT and SETQUOTA, RFC 9208 §4.1. An account has one quota root, whose name is empty, if it has a limit. */
final class QuotaCommands {

    private static final String ROOT = "";
    private static final Completion NO_SUCH_ROOT = Completion.no("NONEXISTENT", "No such quota root");
    private static final long OCTETS_IN_UNIT = 1024;

    private QuotaCommands() {
    }

    static Step run(Conversation conversation, QuotaCommand command) throws IOException, Refused {
        switch (command) {
            case QuotaCommand.GetQuota it -> quota(conversation, it.root());
            case QuotaCommand.GetQuotaRoot it -> {
                Mailbox mailbox = Names.selectable(conversation, it.mailbox(), Replies.NO_SUCH_MAILBOX);
                roots(conversation, mailbox);
            }
            // RFC 9208 §4.1.3: who is no administrator is told so; an operator has the command line and an API.
            case QuotaCommand.SetQuota _ -> throw new Refused(Completion.no("NOPERM", "Only an operator sets quotas"));
        }
        return new Step(conversation.state(), Completion.ok(command.verb() + " completed"));
    }

    private static void quota(Conversation conversation, String root) throws IOException, Refused {
        AccountQuota quota = conversation.mail().quota();
        if (!root.equals(ROOT) || !limited(quota)) {
            throw new Refused(NO_SUCH_ROOT);
        }
        conversation.write(line(quota));
    }

    private static void roots(Conversation conversation, Mailbox mailbox) throws IOException {
        AccountQuota quota = conversation.mail().quota();
        ResponseBuffer out = conversation.response().raw("* QUOTAROOT ").mailbox(mailbox.getName());
        // What another holds is told to nobody else.
        if (!limited(quota) || !mailbox.getOwnerId().isEmpty()) {
            conversation.write(out.crlf().take());
            return;
        }
        conversation.write(out.sp().astring(ROOT).crlf().take());
        conversation.write(line(quota));
    }

    private static boolean limited(AccountQuota quota) {
        return quota.hasMostBytes() || quota.hasMostMessages();
    }

    /** RFC 9208 §5.1: STORAGE is in units of 1024 octets; a part of one is used as a whole, and not to be had as one. */
    private static byte[] line(AccountQuota quota) {
        ResponseBuffer out = new ResponseBuffer().raw("* QUOTA ").astring(ROOT).raw(" (");
        if (quota.hasMostBytes()) {
            out.raw("STORAGE ").number(Math.ceilDiv(quota.getBytes(), OCTETS_IN_UNIT)).sp().number(quota.getMostBytes() / OCTETS_IN_UNIT);
        }
        if (quota.hasMostMessages()) {
            out.raw(quota.hasMostBytes() ? " " : "").raw("MESSAGE ").number(quota.getMessages()).sp().number(quota.getMostMessages());
        }
        return out.raw(")").crlf().take();
    }
}
