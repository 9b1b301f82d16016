package org.postel.mailbox.dkim;

import java.time.Duration;

/**
 * How keys are changed.
 *
 * @param rotateAfter age of a domain's newest key at which others are made; zero: never without being told
 * @param lead        how long the record of a new key is shown before it signs
 * @param kept        how long the record of an old key is shown after it signed last
 * @param checkDns    whether a new key waits until DNS has its record
 */
public record DkimSettings(Duration rotateAfter, Duration lead, Duration kept, boolean checkDns) {

    public DkimSettings {
        if (rotateAfter.isNegative() || lead.isNegative() || kept.isNegative()) {
            throw new IllegalArgumentException("postel.mailbox.dkim: no time is less than nothing");
        }
        if (!rotateAfter.isZero() && rotateAfter.compareTo(lead) <= 0) {
            throw new IllegalArgumentException("postel.mailbox.dkim.rotate-after is longer than postel.mailbox.dkim.lead, or 0");
        }
    }
}
