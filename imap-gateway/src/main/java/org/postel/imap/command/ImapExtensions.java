package org.postel.imap.command;

/**
 * What switches and bounds extensions.
 *
 * @param unauthenticate whether a client may log out and stay connected (RFC 8437 §8 wants a switch)
 */
public record ImapExtensions(boolean unauthenticate) {
}
