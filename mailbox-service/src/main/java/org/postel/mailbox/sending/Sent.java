package org.postel.mailbox.sending;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.postel.mailbox.sending.Limits.Amount;

/**
 * What was granted to an account or a domain.
 *
 * @param hour    since the epoch
 * @param inHour  in that hour
 * @param day     since the epoch
 * @param inDay   on that day
 * @param version rises with each change; 0: nothing was granted yet, or long ago
 */
public record Sent(long hour, Amount inHour, long day, Amount inDay, long version) {

    /** Nothing was granted. */
    public static final Sent NOTHING = new Sent(0, Amount.NOTHING, 0, Amount.NOTHING, 0);
    private static final long HOUR = 3_600;
    private static final long DAY = 86_400;

    /** As it counts now: what was before this hour, or day, does not. A clock that is behind another begins no hour again. */
    Sent at(Instant now) {
        long thisHour = notBefore(hour, now.getEpochSecond() / HOUR);
        long today = notBefore(day, now.getEpochSecond() / DAY);
        return new Sent(thisHour, hour == thisHour ? inHour : Amount.NOTHING, today, day == today ? inDay : Amount.NOTHING, version);
    }

    /** One that is far ahead is a wrong clock's, and must shut out nobody. */
    private static long notBefore(long known, long now) {
        return known == now + 1 ? known : now;
    }

    Sent plus(Amount more) {
        return new Sent(hour, inHour.plus(more), day, inDay.plus(more), version + 1);
    }

    /** The limit that so much more would exceed; that of the day first, for it lasts longer. */
    Optional<Excess> excess(Limits limits, Amount more, boolean ofDomain, Instant now) {
        Duration toDay = Duration.ofSeconds(DAY - now.getEpochSecond() % DAY);
        Duration toHour = Duration.ofSeconds(HOUR - now.getEpochSecond() % HOUR);
        return excess(limits.day(), inDay, more, ofDomain, true, toDay).or(() -> excess(limits.hour(), inHour, more, ofDomain, false, toHour));
    }

    private static Optional<Excess> excess(Amount limit, Amount sent, Amount more, boolean ofDomain, boolean inADay, Duration wait) {
        if (over(limit.recipients(), sent.recipients(), more.recipients())) {
            boolean never = more.recipients() > limit.recipients();
            return Optional.of(new Excess(ofDomain, true, inADay, limit.recipients(), never ? Duration.ZERO : wait));
        }
        return over(limit.messages(), sent.messages(), more.messages())
                ? Optional.of(new Excess(ofDomain, false, inADay, limit.messages(), wait)) : Optional.empty();
    }

    private static boolean over(int limit, int sent, int more) {
        return limit > 0 && (long) sent + more > limit;
    }

    /** What is left of all limits. */
    Amount room(Limits limits) {
        return new Amount(Math.min(left(limits.hour().messages(), inHour.messages()), left(limits.day().messages(), inDay.messages())),
                Math.min(left(limits.hour().recipients(), inHour.recipients()), left(limits.day().recipients(), inDay.recipients())));
    }

    private static int left(int limit, int sent) {
        return limit == 0 ? Integer.MAX_VALUE : Math.max(0, limit - sent);
    }
}
