package org.postel.imap.command;

import java.io.IOException;
import org.jboss.logging.Logger;
import org.postel.imap.session.Extension;
import org.postel.imap.session.FetchNames;
import org.postel.imap.session.MailboxView;
import org.postel.imap.session.SessionState;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.mailbox.api.MailboxServiceException;

/** What a client is told between the answer to a command and its tagged reply: RFC 3501 §5.2, §7.4.1. */
final class Reporting {

    private static final Logger LOG = Logger.getLogger(Reporting.class);

    private Reporting() {
    }

    /** Reads news, if there are any, and tells what the command allows. */
    static void after(Conversation conversation, ImapCommand command) throws IOException {
        if (!(conversation.state() instanceof SessionState.Selected selected)) {
            return;
        }
        // RFC 3501 §5.2: a COPY into the selected mailbox is told of with it, whether or not an event has come.
        if (conversation.hasNews() || conversation.owesOwnWrite()) {
            readNews(conversation);
        }
        tell(conversation, selected.view(), mayExpunge(command), conversation.fetchNames(command.uid()));
    }

    /** The command itself is done: what else happened can wait for the next. */
    private static void readNews(Conversation conversation) throws IOException {
        try {
            CatchUp.read(conversation);
        } catch (MailboxServiceException e) {
            LOG.debugf("news is read later: %s", e.getMessage());
        }
    }

    /** RFC 3501 §7.4.1: no EXPUNGE while FETCH, STORE or SEARCH answers; UID FETCH and the like are not these. */
    private static boolean mayExpunge(ImapCommand command) {
        return command.uid() || !(command instanceof ImapCommand.Fetch || command instanceof ImapCommand.Store
                || command instanceof ImapCommand.Finding);
    }

    /** What the view has not told yet. */
    static void tell(Conversation conversation, MailboxView view, boolean expunges, FetchNames named) throws IOException {
        boolean behind = view.delayed();
        report(conversation, view, expunges, named);
        // RFC 7162 §3.2: MODSEQs of later changes are told meanwhile, so a client must hear how far it can be sure of having all.
        if (conversation.enabled().contains(Extension.QRESYNC) && (behind || view.delayed())) {
            conversation.untagged(Completion.ok("HIGHESTMODSEQ " + view.told(), "Told up to here"));
        }
    }

    /**
     * Tells what a command must know before it runs; never EXPUNGE, which would shift the numbers it names, but to FETCH that
     * asks for what vanished: it names UIDs.
     */
    static void arrivals(Conversation conversation, ImapCommand command) throws IOException {
        if (conversation.state() instanceof SessionState.Selected selected) {
            boolean expunges = command instanceof ImapCommand.Fetch fetch && fetch.modifiers().vanished();
            report(conversation, selected.view(), expunges, conversation.fetchNames(command.uid()));
        }
    }

    private static void report(Conversation conversation, MailboxView view, boolean expunges, FetchNames named) throws IOException {
        if (expunges) {
            conversation.contexts().expunged(view);
        }
        view.report(conversation::write, expunges, named);
        conversation.contexts().update(view);
    }

    /** Tells everything, for a client that waits in IDLE. */
    static void all(Conversation conversation) throws IOException {
        if (conversation.state() instanceof SessionState.Selected selected) {
            tell(conversation, selected.view(), true, conversation.fetchNames(false));
        }
    }
}
