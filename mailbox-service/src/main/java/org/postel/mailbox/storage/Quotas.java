package org.postel.mailbox.storage;

import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/** What accounts may hold and do hold. Each call throws {@link StoreException}; no such account is NOT_FOUND. */
public interface Quotas {

    /** What it may hold; what another instance changed is seen within a minute. */
    Quota limits(UUID account);

    /** Sets what it may hold. What it holds already stays, also when that is more. */
    void limit(UUID account, Quota quota);

    /** What it holds now, summed from the headers of its mailboxes. */
    Quota.Held held(UUID account);

    /** What each of its mailboxes holds, by name. */
    List<Quota.Folder> folders(UUID account);

    /**
     * To be asked before messages are put into a mailbox of an account.
     *
     * @return their room, to be closed once they are there, or will not come
     * @throws StoreException OVER_QUOTA when it would then hold more than it may
     */
    Room admit(UUID account, long bytes, long messages);

    /**
     * Octets that one more message of an account may have, 0 where there is room for none. It promises nothing, and never waits for
     * somebody who counts.
     *
     * @return empty: no limit, no such account, or not known now. Throws nothing
     */
    OptionalLong room(UUID account);

    /** Messages of an account went. */
    void freed(UUID account);

    /** Room that is promised. */
    interface Room extends AutoCloseable {

        /** Of who has no limit. */
        Room UNLIMITED = () -> { };

        @Override
        void close();
    }

    /** As {@link #admit}, long before: nothing counts as put there. */
    void check(UUID account, long bytes, long messages);
}
