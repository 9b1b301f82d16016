package org.postel.smtp.session;

/**
 * A recipient that was answered 250.
 *
 * @param address  where the mail goes, without angle brackets
 * @param original as the client wrote it, when that is another: postmaster
 */
public record AcceptedRecipient(String address, String original) {
}
