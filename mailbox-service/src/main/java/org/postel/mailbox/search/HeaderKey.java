package org.postel.mailbox.search;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.postel.mail.mime.EncodedWords;
import org.postel.mail.mime.Octets;
import org.postel.mail.mime.TextSearch;
import org.postel.mailbox.api.v1.Address;
import org.postel.mailbox.api.v1.Envelope;

/** Header keys that the envelope answers: RFC 9051 §6.4.4 defines BCC, CC, FROM, SUBJECT and TO by the envelope. */
final class HeaderKey {

    private static final Set<String> FIELDS = Set.of("from", "to", "cc", "bcc", "subject");

    private HeaderKey() {}

    static boolean inEnvelope(String field) {
        return FIELDS.contains(field.toLowerCase(Locale.ROOT));
    }

    static boolean matches(Envelope envelope, String field, TextSearch wanted) {
        return switch (field.toLowerCase(Locale.ROOT)) {
            case "subject" -> envelope.hasSubject() && wanted.isIn(decoded(envelope.getSubject()));
            case "from" -> anyMatches(envelope.getFromList(), wanted);
            case "to" -> anyMatches(envelope.getToList(), wanted);
            case "cc" -> anyMatches(envelope.getCcList(), wanted);
            case "bcc" -> anyMatches(envelope.getBccList(), wanted);
            default -> throw new IllegalArgumentException("not in the envelope: " + field);
        };
    }

    private static boolean anyMatches(List<Address> addresses, TextSearch wanted) {
        return addresses.stream().anyMatch(address -> wanted.isIn(written(address)));
    }

    private static String written(Address address) {
        String mailbox = decoded(address.getMailbox()) + (address.hasHost() ? "@" + decoded(address.getHost()) : "");
        return address.hasName() ? decoded(address.getName()) + " <" + mailbox + ">" : mailbox;
    }

    private static String decoded(ByteString octets) {
        return EncodedWords.decode(Octets.of(octets.toByteArray()));
    }
}
