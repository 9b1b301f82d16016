package org.postel.imap.command;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What switches and bounds extensions.
 *
 * @param unauthenticate  whether a client may log out and stay connected (RFC 8437 §8 wants a switch)
 * @param notifyMailboxes mailboxes of an account that NOTIFY keeps in mind at most (RFC 5465 §5.8)
 * @param searchContexts  searches of one client that are kept up to date at most (RFC 5267 §4.3.1)
 * @param searchedMailboxes mailboxes that one ESEARCH looks into at most (RFC 7377 §2.4)
 * @param mailboxesTime   how long one ESEARCH looks into one mailbox after the other
 * @param messageLimit    messages that one command works on at most, where there is such a limit (RFC 9738)
 */
public record ImapExtensions(boolean unauthenticate, int notifyMailboxes, int searchContexts, int searchedMailboxes, Duration mailboxesTime,
                             OptionalInt messageLimit) {
}
