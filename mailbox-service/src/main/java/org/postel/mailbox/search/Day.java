package org.postel.mailbox.search;

import java.util.concurrent.TimeUnit;
import org.postel.mail.mime.DateField;
import org.postel.mail.mime.Octets;
import org.postel.mailbox.api.v1.DayMatch;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.api.v1.MessageSummary;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/** A day that is searched for: RFC 9051 §6.4.4 compares days without regard to time and zone, as they were written. */
record Day(DayMatch key) {

    private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);

    /** The day of INTERNALDATE in the zone it was given in. */
    boolean isInternalDayOf(MessageRow message) {
        return matches(dayOf(message.getInternalDate() + TimeUnit.MINUTES.toMillis(message.getInternalDateZone())));
    }

    /** The save date has no zone but ours: RFC 8514 §4.3. */
    boolean isSavedDayOf(MessageRow message) {
        return matches(dayOf(message.getSavedAt()));
    }

    boolean isSentDayOf(MessageSummary summary) {
        return DateField.day(Octets.of(summary.getEnvelope().getDate().toByteArray())).filter(day -> matches(day.toEpochDay())).isPresent();
    }

    /** Whether a moment is within, whatever zone it was given in: no zone shifts it by more than a day. */
    boolean isDayOfAny(long moment) {
        long day = dayOf(moment);
        return matches(day - 1) && matches(day) && matches(day + 1);
    }

    /** Whether a moment is within in some zone. */
    boolean mayBeDayOf(long moment) {
        long day = dayOf(moment);
        return matches(day - 1) || matches(day) || matches(day + 1);
    }

    private static long dayOf(long moment) {
        return Math.floorDiv(moment, DAY_MILLIS);
    }

    private boolean matches(long day) {
        return switch (key.getRelation()) {
            case BEFORE -> day < key.getEpochDay();
            case ON -> day == key.getEpochDay();
            case SINCE -> day >= key.getEpochDay();
            case UNRECOGNIZED -> throw new StoreException(Problem.INVALID, "an unknown relation of days");
        };
    }
}
