package org.postel.imap.command;

import java.io.IOException;
import java.util.List;
import org.postel.imap.session.MailboxView;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.Flags;
import org.postel.mailbox.api.v1.StoreRequest;
import org.roaringbitmap.RoaringBitmap;

/** STORE, RFC 3501 §6.4.6. */
final class StoreCommand {

    private StoreCommand() {
    }

    static Step run(Conversation conversation, ImapCommand.Store store) throws IOException, Refused {
        MailboxView view = conversation.selected().view();
        RoaringBitmap targets = Targets.of(view, store.set(), store.uid());
        RoaringBitmap present = view.present(targets);
        if (!present.isEmpty() && !(store.flags().isEmpty() && store.mode() != ImapCommand.Store.Mode.SET)) {
            long modseq = conversation.mail().store(request(view, store, present)).getModseq();
            CatchUp.read(conversation, store.silent() ? modseq : 0);
        }
        if (!store.silent()) {
            // RFC 3501 §6.4.6: the answer shows the flags of each message named, changed or not.
            view.expectReport(present);
        }
        boolean all = present.getCardinality() == targets.getCardinality();
        return new Step(conversation.state(), all ? Completion.ok("STORE completed") : Replies.GONE);
    }

    private static StoreRequest request(MailboxView view, ImapCommand.Store store, RoaringBitmap uids) {
        List<String> names = store.flags().stream().map(view::spelling).toList();
        Flags flags = Flags.newBuilder().addAllFlag(names).build();
        StoreRequest.Builder request =
                StoreRequest.newBuilder().setMailboxId(view.mailboxId()).setUids(UidSet.toBytes(uids));
        return switch (store.mode()) {
            case SET -> request.setSet(flags).build();
            case ADD -> request.setAdd(flags).build();
            case REMOVE -> request.setRemove(flags).build();
        };
    }
}
