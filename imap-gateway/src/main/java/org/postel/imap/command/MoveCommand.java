package org.postel.imap.command;

import java.io.IOException;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.mailbox.api.v1.CopyResponse;
import org.roaringbitmap.RoaringBitmap;

/** MOVE, RFC 6851. */
final class MoveCommand {

    private MoveCommand() {
    }

    static Step run(Conversation conversation, ImapCommand.Move move) throws IOException, Refused {
        MessageLimit limit = new MessageLimit(conversation);
        RoaringBitmap uids = limit.cut(CopyCommand.named(conversation, move.set(), move.uid()));
        CopyResponse moved = CopyCommand.copy(conversation, uids, move.mailbox(), true);
        if (!moved.getFromUids().isEmpty()) {
            // RFC 6851 §4.3: before the EXPUNGE responses, so that a client can follow its messages.
            conversation.untagged(Completion.ok(CopyCommand.copyUid(moved), "Moved"));
            CatchUp.read(conversation);
            return new Step(conversation.state(), limit.told(Resync.reached(conversation, "MOVE completed")));
        }
        return new Step(conversation.state(), limit.told(Completion.ok("MOVE completed")));
    }
}
