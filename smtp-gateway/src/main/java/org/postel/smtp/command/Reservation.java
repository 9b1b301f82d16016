package org.postel.smtp.command;

/** What one message holds of the budget. */
final class Reservation implements AutoCloseable {

    private final ContentBudget budget;
    private int held;

    Reservation(ContentBudget budget) {
        this.budget = budget;
    }

    /** False when there is no room for so much more. */
    boolean grow(int octets) {
        boolean granted = budget.acquire(octets);
        if (granted) {
            held += octets;
        }
        return granted;
    }

    /** Gives back all but so much. */
    void shrinkTo(int octets) {
        if (held > octets) {
            budget.release(held - octets);
            held = octets;
        }
    }

    @Override
    public void close() {
        shrinkTo(0);
    }
}
