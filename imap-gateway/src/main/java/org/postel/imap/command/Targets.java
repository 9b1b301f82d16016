package org.postel.imap.command;

import org.postel.imap.session.MailboxView;
import org.postel.imap.syntax.SequenceSet;
import org.roaringbitmap.RoaringBitmap;

/** The messages a command names. */
final class Targets {

    private Targets() {
    }

    /** Their UIDs. An unknown UID is passed over (RFC 3501 §6.4.8); an unknown message number is the client's mistake. */
    static RoaringBitmap of(MailboxView view, SequenceSet set, boolean uid) throws Refused {
        if (!uid && view.exceeds(set)) {
            throw new Refused(Replies.NO_SUCH_NUMBER);
        }
        return view.resolve(set, uid);
    }
}
