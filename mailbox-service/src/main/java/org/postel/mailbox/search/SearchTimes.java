package org.postel.mailbox.search;

import java.time.Duration;

/**
 * How long a search takes.
 *
 * @param most    at most; then it fails
 * @param silence after which it says that it goes on
 */
public record SearchTimes(Duration most, Duration silence) {
}
