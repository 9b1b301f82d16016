package org.postel.imap.command;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.postel.imap.session.MailboxView;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.Flags;
import org.postel.mailbox.api.v1.StoreRequest;
import org.postel.mailbox.api.v1.StoreResponse;
import org.roaringbitmap.RoaringBitmap;

/** STORE, RFC 3501 §6.4.6, and on a condition, RFC 7162 §3.1.3: mailbox-service decides it, where no race is lost. */
final class StoreCommand {

    private StoreCommand() {
    }

    static Step run(Conversation conversation, ImapCommand.Store store) throws IOException, Refused {
        MailboxView view = conversation.selected().view();
        MessageLimit limit = new MessageLimit(conversation);
        RoaringBitmap targets = limit.cut(Targets.of(view, store.set(), store.uid()));
        RoaringBitmap present = view.present(targets);
        RoaringBitmap modified = new RoaringBitmap();
        if (!present.isEmpty() && !(store.flags().isEmpty() && store.mode() != ImapCommand.Store.Mode.SET)) {
            StoreResponse stored = conversation.mail().store(request(view, store, present));
            modified = UidSet.parse(stored.getModified());
            CatchUp.after(conversation, stored.getModseq(), stored.hasChanges() ? Optional.of(stored.getChanges()) : Optional.empty(),
                    store.silent());
        }
        expectReports(view, store, present, modified);
        boolean all = present.getCardinality() == targets.getCardinality();
        return new Step(conversation.state(), limit.told(modified.isEmpty()
                ? all ? Completion.ok("STORE completed") : Replies.GONE
                : modified(all, set(view, modified, store.uid()))));
    }

    private static void expectReports(MailboxView view, ImapCommand.Store store, RoaringBitmap present, RoaringBitmap modified) {
        if (!store.silent()) {
            // RFC 3501 §6.4.6: the answer shows the flags of each message named, changed or not.
            view.expectReport(present);
            return;
        }
        if (store.unchangedSince().isPresent()) {
            // RFC 7162 §3.1.3: the MODSEQ of each that passed, even so.
            view.expectModseqs(present);
        }
        // RFC 7162 §3.1.3 recommends it: saves the client to ask what made its condition fail.
        view.expectReport(modified);
    }

    /** {@code "MODIFIED" SP sequence-set}: with OK, and with NO where others are gone (RFC 7162 §3.1.3, example 11). */
    private static Completion modified(boolean all, String set) {
        return all ? Completion.ok("MODIFIED " + set, "Some messages were changed since")
                : Completion.no("MODIFIED " + set, "Some messages were changed since, some are no longer there");
    }

    private static String set(MailboxView view, RoaringBitmap uids, boolean uid) {
        if (uid) {
            return UidSets.wire(uids);
        }
        RoaringBitmap numbers = new RoaringBitmap();
        uids.forEach((int each) -> numbers.add(view.numberOf(each)));
        return UidSets.wire(numbers);
    }

    private static StoreRequest request(MailboxView view, ImapCommand.Store store, RoaringBitmap uids) {
        List<String> names = store.flags().stream().map(view::spelling).toList();
        Flags flags = Flags.newBuilder().addAllFlag(names).build();
        StoreRequest.Builder request =
                StoreRequest.newBuilder().setMailboxId(view.mailboxId()).setUids(UidSet.toBytes(uids));
        store.unchangedSince().ifPresent(request::setUnchangedSince);
        CatchUp.known(view).ifPresent(request::setKnown);
        return switch (store.mode()) {
            case SET -> request.setSet(flags).build();
            case ADD -> request.setAdd(flags).build();
            case REMOVE -> request.setRemove(flags).build();
        };
    }
}
