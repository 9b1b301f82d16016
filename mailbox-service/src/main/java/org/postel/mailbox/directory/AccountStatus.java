package org.postel.mailbox.directory;

/** Whether an account may log in. Mail for it is taken in either case. */
public enum AccountStatus {
    ACTIVE,
    DISABLED
}
