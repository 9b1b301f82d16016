package org.postel.delivery.relay;

import java.nio.charset.StandardCharsets;
import org.postel.delivery.smtp.To;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Mailbox;
import org.postel.mail.dsn.Xtext;
import org.postel.queue.v1.Recipient;

/** A recipient of the queue as the client takes it. */
final class Addressee {

    private Addressee() {
    }

    static To of(Recipient recipient) {
        return new To(plainDomain(recipient.getAddress()), recipient.getNotify(), originalRecipient(recipient));
    }

    /** With A-labels where these alone make it an address for every server, also one without SMTPUTF8: RFC 6531 §3.2. */
    static String plainDomain(String address) {
        try {
            Mailbox mailbox = Mailbox.parse(address);
            return mailbox.international() && !mailbox.localPart().international()
                    ? mailbox.localPart() + "@" + mailbox.host().canonical() : address;
        } catch (AddressSyntaxException e) {
            // The null reverse-path; and what is no address goes on as it came, for the server to judge.
            return address;
        }
    }

    /** Behind an alias, and without an ORCPT of the client, it is the address that we were given: RFC 3461 §5.2.1 (d). */
    private static String originalRecipient(Recipient recipient) {
        String given = recipient.getOriginalRecipientParameter();
        boolean ours = given.isEmpty() && !recipient.getOriginal().isEmpty()
                && StandardCharsets.US_ASCII.newEncoder().canEncode(recipient.getOriginal());
        return ours ? "rfc822;" + Xtext.encode(recipient.getOriginal()) : given;
    }
}
