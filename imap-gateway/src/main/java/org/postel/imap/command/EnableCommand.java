package org.postel.imap.command;

import java.io.IOException;
import org.postel.imap.session.Condstore;
import org.postel.imap.session.Extension;
import org.postel.imap.session.SessionState;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.ResponseBuffer;

/** ENABLE, RFC 5161, and what else turns CONDSTORE on (RFC 7162 §3.1). */
final class EnableCommand {

    private EnableCommand() {
    }

    /** Names what is on now of the extensions that were asked for; the others are passed over (RFC 5161 §3.1). */
    static Step run(Conversation conversation, ImapCommand.Enable enable) throws IOException {
        ResponseBuffer out = new ResponseBuffer().raw("* ENABLED");
        for (String name : enable.extensions()) {
            Extension.named(name).ifPresent(extension -> {
                conversation.enable(extension);
                out.sp().raw(extension.wire());
            });
        }
        conversation.write(out.crlf().take());
        if (!conversation.dialect().numbers()) {
            conversation.contexts().numbersEnd();
        }
        return new Step(conversation.state(), Completion.ok("ENABLE completed"));
    }

    /** Before any command: the first one that turns CONDSTORE on is told where the selected mailbox stands. */
    static void condstore(Conversation conversation, ImapCommand command) throws IOException {
        if (conversation.condstoreAware() || !Condstore.enabledBy(command)) {
            return;
        }
        conversation.enable(Extension.CONDSTORE);
        // SELECT and EXAMINE leave this mailbox, and tell of the next one themselves.
        boolean leaves = command instanceof ImapCommand.Select || command instanceof ImapCommand.Examine;
        if (conversation.state() instanceof SessionState.Selected selected && !leaves) {
            conversation.untagged(Completion.ok("HIGHESTMODSEQ " + selected.view().state().modseq(), "CONDSTORE is on"));
        }
    }
}
