package org.postel.imap.session;

import org.postel.imap.syntax.FetchItem;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.StatusItem;

/** The CONDSTORE enabling commands: RFC 7162 §3.1. From the first of them on a client is told of MODSEQs. */
public final class Condstore {

    private Condstore() {
    }

    /** Whether the command is one of them. */
    public static boolean enabledBy(ImapCommand command) {
        return switch (command) {
            case ImapCommand.Enable enable -> enable.extensions().contains(Extension.CONDSTORE.wire())
                    || enable.extensions().contains(Extension.QRESYNC.wire());
            case ImapCommand.Select select -> select.condstore() || select.resync().isPresent();
            case ImapCommand.Examine examine -> examine.condstore() || examine.resync().isPresent();
            case ImapCommand.Status status -> status.items().contains(StatusItem.HIGHESTMODSEQ);
            case ImapCommand.List list -> list.options().status().contains(StatusItem.HIGHESTMODSEQ);
            case ImapCommand.Finding _ -> asksWhatChanged(command);
            case ImapCommand.Fetch fetch ->
                    asksWhatChanged(fetch) || fetch.items().stream().anyMatch(FetchItem.ModSeq.class::isInstance);
            case ImapCommand.Store store -> store.unchangedSince().isPresent();
            case ImapCommand.Capability _, ImapCommand.Noop _, ImapCommand.Logout _, ImapCommand.Id _, ImapCommand.StartTls _,
                    ImapCommand.Authenticate _, ImapCommand.Login _, ImapCommand.Create _, ImapCommand.Delete _,
                    ImapCommand.Rename _, ImapCommand.Subscribe _, ImapCommand.Unsubscribe _,
                    ImapCommand.Lsub _, ImapCommand.Namespace _, ImapCommand.Append _, ImapCommand.Idle _,
                    ImapCommand.Check _, ImapCommand.Close _, ImapCommand.Unselect _, ImapCommand.Expunge _,
                    ImapCommand.Copy _, ImapCommand.Move _, ImapCommand.Quota _, ImapCommand.Metadata _, ImapCommand.Compress _, ImapCommand.Unauthenticate _, ImapCommand.Notify _, ImapCommand.Acl _, ImapCommand.Replace _, ImapCommand.CancelUpdate _ -> false;
        };
    }

    /** Whether the command asks which messages changed: its answer is what a client believes to be all of them. */
    public static boolean asksWhatChanged(ImapCommand command) {
        return command instanceof ImapCommand.Fetch fetch && fetch.modifiers().changedSince().isPresent()
                || command instanceof ImapCommand.Finding search && search.term().mentionsModSeq();
    }
}
