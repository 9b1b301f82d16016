package org.postel.imap.command;

/**
 * What switches and bounds extensions.
 *
 * @param unauthenticate  whether a client may log out and stay connected (RFC 8437 §8 wants a switch)
 * @param notifyMailboxes mailboxes of an account that NOTIFY keeps in mind at most (RFC 5465 §5.8)
 */
public record ImapExtensions(boolean unauthenticate, int notifyMailboxes) {
}
