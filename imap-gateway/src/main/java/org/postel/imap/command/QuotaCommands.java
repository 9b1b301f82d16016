package org.postel.imap.command;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.QuotaCommand;
import org.postel.imap.syntax.ResponseBuffer;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.AccountQuota;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.SetQuotaRequest;

/**
 * GETQUOTA, GETQUOTAROOT and SETQUOTA, RFC 9208 §4.1. An account has one quota root, if it has a limit:
 * its name is empty to the account itself, and the account's address to its administrators.
 */
final class QuotaCommands {

    private static final String ROOT = "";
    private static final Completion NO_SUCH_ROOT = Completion.no("NONEXISTENT", "No such quota root");
    private static final String STORAGE = "STORAGE";
    private static final String MESSAGE = "MESSAGE";
    private static final long OCTETS_IN_UNIT = 1024;
    private static final long MOST_UNITS = Long.MAX_VALUE / OCTETS_IN_UNIT;

    private QuotaCommands() {
    }

    static Step run(Conversation conversation, QuotaCommand command) throws IOException, Refused {
        switch (command) {
            case QuotaCommand.GetQuota it -> quota(conversation, it.root());
            case QuotaCommand.GetQuotaRoot it -> {
                Mailbox mailbox = Names.selectable(conversation, it.mailbox(), Replies.NO_SUCH_MAILBOX);
                roots(conversation, mailbox);
            }
            case QuotaCommand.SetQuota it -> set(conversation, it);
        }
        return new Step(conversation.state(), Completion.ok(command.verb() + " completed"));
    }

    private static void quota(Conversation conversation, String root) throws IOException, Refused {
        AccountQuota quota = known(() -> conversation.mail().quota(root));
        if (!limited(quota)) {
            throw new Refused(NO_SUCH_ROOT);
        }
        conversation.write(line(root, quota));
    }

    /** RFC 9208 §4.1.3: what is not named has no limit from then on. Who may not set it is told NOPERM, by mailbox-service. */
    private static void set(Conversation conversation, QuotaCommand.SetQuota command) throws IOException, Refused {
        if (!Set.of(STORAGE, MESSAGE).containsAll(command.limits().keySet())) {
            throw new Refused(Completion.no("CANNOT", "There are limits of STORAGE and MESSAGE only"));
        }
        SetQuotaRequest.Builder wanted = SetQuotaRequest.newBuilder().setAddress(command.root());
        Optional.ofNullable(command.limits().get(STORAGE)).ifPresent(units -> wanted.setMostBytes(Math.min(units, MOST_UNITS) * OCTETS_IN_UNIT));
        Optional.ofNullable(command.limits().get(MESSAGE)).ifPresent(wanted::setMostMessages);
        AccountQuota quota = known(() -> conversation.mail().setQuota(wanted.build()));
        if (limited(quota)) {
            conversation.write(line(command.root(), quota));
        }
    }

    private static AccountQuota known(Supplier<AccountQuota> call) throws Refused {
        try {
            return call.get();
        } catch (MailboxServiceException e) {
            if (e.reason() == MailboxServiceException.Reason.NOT_FOUND) {
                throw new Refused(NO_SUCH_ROOT);
            }
            throw e;
        }
    }

    private static void roots(Conversation conversation, Mailbox mailbox) throws IOException {
        AccountQuota quota = conversation.mail().quota(ROOT);
        ResponseBuffer out = conversation.response().raw("* QUOTAROOT ").mailbox(mailbox.getName());
        // What another holds is told to nobody else.
        if (!limited(quota) || !mailbox.getOwnerId().isEmpty()) {
            conversation.write(out.crlf().take());
            return;
        }
        conversation.write(out.sp().astring(ROOT).crlf().take());
        conversation.write(line(ROOT, quota));
    }

    private static boolean limited(AccountQuota quota) {
        return quota.hasMostBytes() || quota.hasMostMessages();
    }

    /** RFC 9208 §5.1: STORAGE is in units of 1024 octets; a part of one is used as a whole, and not to be had as one. */
    private static byte[] line(String root, AccountQuota quota) {
        ResponseBuffer out = new ResponseBuffer().raw("* QUOTA ").astring(root).raw(" (");
        if (quota.hasMostBytes()) {
            out.raw("STORAGE ").number(Math.ceilDiv(quota.getBytes(), OCTETS_IN_UNIT)).sp().number(quota.getMostBytes() / OCTETS_IN_UNIT);
        }
        if (quota.hasMostMessages()) {
            out.raw(quota.hasMostBytes() ? " " : "").raw("MESSAGE ").number(quota.getMessages()).sp().number(quota.getMostMessages());
        }
        return out.raw(")").crlf().take();
    }
}
