package org.postel.mailbox.directory;

/** Whether an account may log in, and whether mail comes to it. */
public enum AccountStatus {
    ACTIVE,
    /** Nobody logs in; mail is taken. */
    DISABLED,
    /** Nobody logs in, and its address is as if it were nobody's; all it has is there until its time of grace is over. */
    DELETED
}
