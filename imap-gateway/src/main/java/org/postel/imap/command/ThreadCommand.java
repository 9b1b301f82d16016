package org.postel.imap.command;

import java.io.IOException;
import org.postel.imap.session.MailboxView;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.ThreadChunk;
import org.postel.mailbox.api.v1.ThreadRequest;
import org.roaringbitmap.RoaringBitmap;

/** THREAD, RFC 5256 §3. What is found is found as by SEARCH, then put into threads. */
final class ThreadCommand {

    private ThreadCommand() {
    }

    static Step run(Conversation conversation, ImapCommand.Thread thread) throws IOException, Refused {
        MailboxView view = conversation.selected().view();
        RoaringBitmap found = Finder.found(conversation, thread, new MessageLimit(conversation));
        ThreadAnswer answer = new ThreadAnswer(conversation::write);
        if (!found.isEmpty()) {
            ThreadRequest request = ThreadRequest.newBuilder().setMailboxId(view.mailboxId()).setUids(UidSet.toBytes(found))
                    .setAlgorithm(switch (thread.algorithm()) {
                        case ORDEREDSUBJECT -> ThreadRequest.Algorithm.ORDEREDSUBJECT;
                        case REFERENCES -> ThreadRequest.Algorithm.REFERENCES;
                        case REFS -> ThreadRequest.Algorithm.REFS;
                    }).build();
            try (Mail.Stream<ThreadChunk> chunks = conversation.mail().thread(request)) {
                InProgress progress = InProgress.of(conversation);
                while (chunks.hasNext()) {
                    ThreadChunk chunk = chunks.next();
                    write(chunk, view, thread.uid(), answer);
                    if (!answer.begun()) {
                        progress.at(chunk.getLookedAt(), chunk.getLookedFor());
                    }
                }
            }
        }
        answer.end();
        return new Step(conversation.state(), Completion.ok("THREAD completed"));
    }

    private static void write(ThreadChunk chunk, MailboxView view, boolean uid, ThreadAnswer answer) throws IOException {
        for (int i = 0; i < chunk.getUidCount(); i++) {
            int each = chunk.getUid(i);
            answer.node(each == 0 || uid ? Integer.toUnsignedLong(each) : view.numberOf(each), chunk.getChildren(i));
        }
    }
}
