package org.postel.imap.command;

import java.io.IOException;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.mailbox.api.v1.CopyResponse;

/** MOVE, RFC 6851. */
final class MoveCommand {

    private MoveCommand() {
    }

    static Step run(Conversation conversation, ImapCommand.Move move) throws IOException, Refused {
        CopyResponse moved = CopyCommand.copy(conversation, move.set(), move.uid(), move.mailbox(), true);
        if (!moved.getFromUids().isEmpty()) {
            // RFC 6851 §4.3: before the EXPUNGE responses, so that a client can follow its messages.
            conversation.untagged(Completion.ok(CopyCommand.copyUid(moved), "Moved"));
            CatchUp.read(conversation);
            return new Step(conversation.state(), Resync.reached(conversation, "MOVE completed"));
        }
        return new Step(conversation.state(), Completion.ok("MOVE completed"));
    }
}
