package org.postel.imap.syntax;

import com.google.protobuf.ByteString;
import java.util.List;
import org.postel.mailbox.api.v1.Address;
import org.postel.mailbox.api.v1.Envelope;

/** {@code envelope} of RFC 3501 §7.4.2. */
public final class EnvelopeFormat {

    private EnvelopeFormat() {
    }

    public static void write(ResponseBuffer out, Envelope envelope) {
        out.raw("(");
        nstring(out, envelope.hasDate(), envelope.getDate()).sp();
        nstring(out, envelope.hasSubject(), envelope.getSubject()).sp();
        // RFC 3501 §7.4.2: an absent Sender or Reply-To is the From.
        addresses(out, envelope.getFromList()).sp();
        addresses(out, envelope.getSenderCount() == 0 ? envelope.getFromList() : envelope.getSenderList()).sp();
        addresses(out, envelope.getReplyToCount() == 0 ? envelope.getFromList() : envelope.getReplyToList()).sp();
        addresses(out, envelope.getToList()).sp();
        addresses(out, envelope.getCcList()).sp();
        addresses(out, envelope.getBccList()).sp();
        nstring(out, envelope.hasInReplyTo(), envelope.getInReplyTo()).sp();
        nstring(out, envelope.hasMessageId(), envelope.getMessageId());
        out.raw(")");
    }

    /** {@code "(" 1*address ")" / nil}. */
    private static ResponseBuffer addresses(ResponseBuffer out, List<Address> addresses) {
        if (addresses.isEmpty()) {
            return out.nil();
        }
        out.raw("(");
        addresses.forEach(address -> address(out, address));
        return out.raw(")");
    }

    /** {@code address = "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")"}. */
    private static void address(ResponseBuffer out, Address address) {
        out.raw("(");
        nstring(out, address.hasName(), address.getName()).sp();
        // addr-adl, the source route, is obsolete: RFC 5322 §4.4 says to ignore it.
        out.nil().sp();
        nstring(out, address.hasMailbox(), address.getMailbox()).sp();
        nstring(out, address.hasHost(), address.getHost());
        out.raw(")");
    }

    static ResponseBuffer nstring(ResponseBuffer out, boolean present, ByteString text) {
        return present ? out.string(text.toByteArray()) : out.nil();
    }
}
