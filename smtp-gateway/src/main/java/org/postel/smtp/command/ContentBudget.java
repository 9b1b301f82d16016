package org.postel.smtp.command;

/** The memory that content may take in this process. */
public interface ContentBudget {

    /** Waits for room for one message; false when there was none in time. */
    boolean acquire();

    /** Gives the room back. */
    void release();
}
