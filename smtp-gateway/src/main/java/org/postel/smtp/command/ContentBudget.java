package org.postel.smtp.command;

/** The memory that the content of all messages in this process may take. */
public interface ContentBudget {

    /** Waits for room, a short while; false when there was none. */
    boolean acquire(int octets);

    /** Gives room back. */
    void release(int octets);
}
