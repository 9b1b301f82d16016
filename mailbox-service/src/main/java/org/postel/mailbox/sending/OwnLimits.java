package org.postel.mailbox.sending;

import java.util.OptionalInt;
import org.postel.mailbox.sending.Limits.Amount;

/**
 * What one account, or all accounts of one domain together, may send where that is not what the configuration says. Empty: as configured; 0: no limit.
 *
 * @param messagesPerHour   most messages in an hour of the clock
 * @param recipientsPerHour most recipients of all of them
 * @param messagesPerDay    most messages in a day, UTC
 * @param recipientsPerDay  most recipients of all of them
 */
public record OwnLimits(OptionalInt messagesPerHour, OptionalInt recipientsPerHour, OptionalInt messagesPerDay, OptionalInt recipientsPerDay) {

    /** All as configured. */
    public static final OwnLimits CONFIGURED = new OwnLimits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    /** Whether none of them is negative. */
    public boolean valid() {
        return messagesPerHour.orElse(0) >= 0 && recipientsPerHour.orElse(0) >= 0 && messagesPerDay.orElse(0) >= 0 && recipientsPerDay.orElse(0) >= 0;
    }

    /** What holds: each of its own, else what is configured. */
    Limits over(Limits configured) {
        return new Limits(new Amount(messagesPerHour.orElse(configured.hour().messages()), recipientsPerHour.orElse(configured.hour().recipients())),
                new Amount(messagesPerDay.orElse(configured.day().messages()), recipientsPerDay.orElse(configured.day().recipients())));
    }
}
