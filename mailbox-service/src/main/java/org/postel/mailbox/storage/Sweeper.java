package org.postel.mailbox.storage;

import java.util.function.BooleanSupplier;

/** Frees what nothing refers to any more: content without links whose claim is over, and mailboxes that were deleted. */
public interface Sweeper {

    /**
     * One pass over the store. Safe beside everything else, also beside another sweeper; a lease only saves the double work.
     *
     * @param leaseHeld asked now and then; the pass ends early when it says no
     * @return messages whose content was freed
     */
    long sweep(BooleanSupplier leaseHeld);
}
