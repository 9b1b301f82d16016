package org.postel.delivery.smtp;

/**
 * How long a message waits for servers until its content begins to go out: for connecting, greeting, TLS and the envelope together,
 * with all servers that are tried for it. {@link SmtpTimeouts} hold beside it. Content that has begun to go is never cut short by it.
 */
@FunctionalInterface
public interface Opening {

    /** As long as the RFC says. */
    Opening UNHURRIED = () -> Long.MAX_VALUE;

    /** Nanoseconds; 0 when it is over, and from then on always. */
    long left();

    /** Servers were reached, and one is given the message now. */
    default void talks() {
        // It is all the same to most.
    }

    /** What follows is waited for at our side: it is no time of the servers. */
    default void stop() {
        // It is all the same to most.
    }

    /** The servers' time goes on. */
    default void goOn() {
        // It is all the same to most.
    }

    /** Whether the time is up. */
    default boolean over() {
        return left() <= 0;
    }
}
