package org.postel.smtp.session;

import org.postel.smtp.syntax.RcptDsn;

/**
 * A recipient that was answered 250.
 *
 * @param address  where the mail goes, without angle brackets
 * @param original as the client wrote it, when that is another: postmaster
 * @param dsn      what the sender wants to be told
 */
public record AcceptedRecipient(String address, String original, RcptDsn dsn) {

    boolean sameAs(AcceptedRecipient other) {
        return address.equals(other.address) && original.equals(other.original);
    }
}
