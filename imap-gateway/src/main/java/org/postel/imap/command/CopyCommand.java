package org.postel.imap.command;

import org.postel.imap.session.MailboxView;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.MailboxName;
import org.postel.imap.syntax.SequenceSet;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.CopyRequest;
import org.postel.mailbox.api.v1.CopyResponse;
import org.postel.mailbox.api.v1.Mailbox;
import org.roaringbitmap.RoaringBitmap;

/** COPY, RFC 3501 §6.4.7, with COPYUID of RFC 4315 §3. */
final class CopyCommand {

    private CopyCommand() {
    }

    static Step run(Conversation conversation, ImapCommand.Copy copy) throws Refused {
        RoaringBitmap uids = named(conversation, copy.set(), copy.uid());
        new MessageLimit(conversation).checkAll(uids);
        CopyResponse copied = copy(conversation, uids, copy.mailbox(), false);
        return new Step(conversation.state(), copied.getFromUids().isEmpty()
                ? Completion.ok("No such messages")
                : Completion.ok(copyUid(copied), "COPY completed"));
    }

    /** What is still there of the messages named. */
    static RoaringBitmap named(Conversation conversation, SequenceSet set, boolean uid) throws Refused {
        MailboxView view = conversation.selected().view();
        return view.present(Targets.of(view, set, uid));
    }

    /** Copies or moves. */
    static CopyResponse copy(Conversation conversation, RoaringBitmap uids, MailboxName to, boolean move) throws Refused {
        MailboxView view = conversation.selected().view();
        Mailbox target = Names.selectable(conversation, to, Replies.TRY_CREATE);
        if (uids.isEmpty()) {
            return CopyResponse.getDefaultInstance();
        }
        CopyResponse copied = conversation.mail().copy(CopyRequest.newBuilder()
                .setFrom(view.mailboxId())
                .setTo(target.getId())
                .setUids(UidSet.toBytes(uids))
                .setMove(move)
                .build());
        conversation.wantNewest();
        if (target.getId().equals(view.mailboxId())) {
            // The client is about to be told UIDs that its view does not have.
            conversation.oweOwnWrite();
        }
        return copied;
    }

    /** {@code "COPYUID" SP nz-number SP uid-set SP uid-set}. */
    static String copyUid(CopyResponse copied) {
        return "COPYUID " + Integer.toUnsignedString(copied.getUidValidity())
                + " " + UidSets.wire(UidSet.parse(copied.getFromUids()))
                + " " + UidSets.wire(UidSet.parse(copied.getToUids()));
    }
}
