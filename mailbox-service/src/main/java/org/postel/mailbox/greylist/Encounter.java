package org.postel.mailbox.greylist;

import java.time.Duration;
import java.util.List;

/**
 * A stranger's mail.
 *
 * @param network    of its client
 * @param from       its sender, empty for the null one
 * @param recipients of it
 * @param terms      that hold
 */
public record Encounter(String network, String from, List<String> recipients, Terms terms) {

    private static final Duration LONGEST = Duration.ofDays(400);
    private static final int MOST_NETWORKS_AFTER = 1000;

    public Encounter {
        recipients = List.copyOf(recipients);
        if (network.isEmpty() || recipients.isEmpty()) {
            throw new IllegalArgumentException("a network and a recipient are needed");
        }
    }

    /**
     * What a sender must do.
     *
     * @param delay         how long it must wait
     * @param window        in which time it must have come again
     * @param memory        how long it is remembered that it did
     * @param networksAfter with so many triplets that passed a network is asked no more; 0: never
     */
    public record Terms(Duration delay, Duration window, Duration memory, int networksAfter) {

        /** @throws IllegalArgumentException when nobody could pass, or too much would be remembered */
        public Terms {
            if (delay.isNegative() || window.compareTo(delay) <= 0 || memory.compareTo(window) < 0 || memory.compareTo(LONGEST) > 0
                    || networksAfter < 0 || networksAfter > MOST_NETWORKS_AFTER) {
                throw new IllegalArgumentException("no terms: " + delay + ", " + window + ", " + memory + ", " + networksAfter);
            }
        }
    }
}
