package org.postel.mailbox.sending;

import java.time.Duration;

/**
 * The limit that a message would exceed.
 *
 * @param ofDomain     of all accounts of the domain together
 * @param ofRecipients of recipients, and not of messages
 * @param inADay       and not in an hour
 * @param limit        how many
 * @param pause        until there is room again; zero: never, for the message alone has more
 */
public record Excess(boolean ofDomain, boolean ofRecipients, boolean inADay, int limit, Duration pause) {
}
