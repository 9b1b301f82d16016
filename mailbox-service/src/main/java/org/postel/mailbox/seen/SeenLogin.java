package org.postel.mailbox.seen;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Log-ins of one day (UTC) that are alike.
 *
 * @param how       what they have in common
 * @param mechanism of the last one
 * @param agent     what its program calls itself; empty: it said nothing, as programs of the mail protocols do
 * @param first     of them
 * @param last      of them
 * @param count     how many there were, or more
 */
public record SeenLogin(Alike how, String mechanism, String agent, Instant first, Instant last, long count) {

    /**
     * What log-ins have in common.
     *
     * @param address     of the client; empty: of many more clients than are told apart
     * @param appPassword the id of the one that was given, if it was one
     */
    public record Alike(LocalDate day, Service service, String address, Optional<String> appPassword, Result result) {}

    /** How a log-in ended. */
    public enum Result {
        /** A session was opened. */
        GRANTED,
        /** The password was wrong, or whatever was to prove who it is. */
        WRONG,
        /** It was right, and the account or the protocol is switched off. */
        SWITCHED_OFF,
        /** There were too many wrong ones; nothing was looked at. */
        TOO_MANY
    }

    /** Both together, which are alike. */
    SeenLogin and(SeenLogin other) {
        return new SeenLogin(how, last.isAfter(other.last) ? mechanism : other.mechanism, last.isAfter(other.last) ? agent : other.agent,
                first.isBefore(other.first) ? first : other.first,
                last.isAfter(other.last) ? last : other.last, count + other.count);
    }
}
