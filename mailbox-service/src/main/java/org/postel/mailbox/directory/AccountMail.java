package org.postel.mailbox.directory;

import java.util.UUID;

/** The mail of accounts, as the directory needs it: both calls may be made again. */
public interface AccountMail {

    /** Gives a new account its mailboxes. */
    void create(UUID account);

    /** Removes all mail of an account. */
    void delete(UUID account);
}
