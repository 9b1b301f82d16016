package org.postel.delivery.relay;

import java.time.Duration;
import org.postel.delivery.smtp.SmtpTimeouts;

/**
 * How the second stage works.
 *
 * @param identities as whom we connect
 * @param perDestination messages to one domain at once, of this worker
 * @param patience for one of them to be done, or for a connection to the server to become free, before the message goes to the parking tier
 * @param parking the tier where messages over the limit wait; costs no attempt
 * @param timeouts of each connection
 * @param reuse of connections
 * @param recovery of a server that asked for less: so long until it gets more connections
 * @param chunking whether content goes in chunks to servers that take them
 */
public record RelaySettings(SenderIdentities identities, int perDestination, Duration patience, Duration parking,
        SmtpTimeouts timeouts, Reuse reuse, Duration recovery, boolean chunking) {

    /** In chunks. */
    public RelaySettings(SenderIdentities identities, int perDestination, Duration patience, Duration parking, SmtpTimeouts timeouts,
            Reuse reuse, Duration recovery) {
        this(identities, perDestination, patience, parking, timeouts, reuse, recovery, true);
    }
}
