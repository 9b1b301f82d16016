package org.postel.mailbox.sending;

/**
 * How much may be sent; 0: as much as one likes.
 *
 * @param hour in an hour of the clock
 * @param day  in a day, UTC
 */
public record Limits(Amount hour, Amount day) {

    /** No limit at all. */
    public static final Limits NONE = new Limits(Amount.NOTHING, Amount.NOTHING);

    /** Messages, and their recipients together. */
    public record Amount(int messages, int recipients) {

        /** None. */
        public static final Amount NOTHING = new Amount(0, 0);

        public Amount {
            if (messages < 0 || recipients < 0) {
                throw new IllegalArgumentException("a sending limit is at least 0: none");
            }
        }

        Amount plus(Amount more) {
            return new Amount(messages + more.messages, recipients + more.recipients);
        }
    }

    boolean none() {
        return equals(NONE);
    }
}
