package org.postel.mailbox.directory;

import java.util.List;
import java.util.UUID;
import org.postel.mailbox.storage.Quota;

/** The mail of accounts, as the directory needs it: each call may be made again. */
public interface AccountMail {

    /** Gives a new account its mailboxes. */
    void create(UUID account);

    /** What an account may hold. */
    Quota quota(UUID account);

    /** What an account holds. */
    Quota.Held held(UUID account);

    /** What each of its mailboxes holds, by name. */
    List<Quota.Folder> folders(UUID account);

    /** Sets what an account may hold. */
    void limit(UUID account, Quota quota);

    /** Removes all mail of an account. */
    void delete(UUID account);
}
