package org.postel.mailbox.sending;

/** Where it is kept what was granted. */
public interface SentStore {

    /** {@link Sent#NOTHING} when there is none. */
    Sent read(String scope);

    /** False when somebody else changed it meanwhile. */
    boolean replace(String scope, Sent before, Sent after);
}
