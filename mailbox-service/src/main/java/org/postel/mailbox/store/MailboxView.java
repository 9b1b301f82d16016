package org.postel.mailbox.store;

import java.util.UUID;
import org.postel.mailbox.api.MailboxState;
import org.roaringbitmap.RoaringBitmap;

/** Questions to the state of one mailbox, each answered with what is true at its moment. */
public final class MailboxView {

    private final OpenMailbox mailbox;

    MailboxView(OpenMailbox mailbox) {
        this.mailbox = mailbox;
    }

    /** Something that is asked of each message. */
    @FunctionalInterface
    public interface MessageTest {

        boolean holds(MailboxState state, int uid);
    }

    public UUID id() {
        return mailbox.id();
    }

    /** Those of some UIDs that are there. */
    public RoaringBitmap present(RoaringBitmap uids) {
        return mailbox.read(now -> RoaringBitmap.and(uids, now.state().uids()));
    }

    /** The octets of some messages together, of those that are there. */
    public long octets(RoaringBitmap uids) {
        return mailbox.read(now -> RoaringBitmap.and(uids, now.state().uids()).stream().mapToLong(now.state()::size).sum());
    }

    /** Those of some messages that have a flag. */
    public RoaringBitmap flagged(String flag, RoaringBitmap uids) {
        return mailbox.read(now -> RoaringBitmap.and(uids, now.state().flag(flag)));
    }

    /** Those of some messages that a test holds for; one that is gone is none of them. */
    public RoaringBitmap where(RoaringBitmap uids, MessageTest test) {
        return mailbox.read(now -> {
            RoaringBitmap found = new RoaringBitmap();
            RoaringBitmap.and(uids, now.state().uids()).forEach((int uid) -> {
                if (test.holds(now.state(), uid)) {
                    found.add(uid);
                }
            });
            return found;
        });
    }
}
