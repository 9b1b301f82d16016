package org.postel.trust.dmarc;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Domain;
import org.postel.mail.mime.EnvelopeAddress;
import org.postel.mail.mime.MimeScanner;
import org.postel.mail.mime.Octets;
import org.postel.trust.message.Field;

/**
 * Finds the author's domain. The addresses are read by the code that makes the ENVELOPE, so that the author who is checked is the
 * one who is shown (SAFETY row 28).
 */
public final class Author {

    private Author() {
    }

    /** Empty unless there is just one From, with addresses, and all of one domain. */
    public static Optional<String> domain(List<Field> header) {
        List<Field> froms = header.stream().filter(field -> field.name().equals("from")).toList();
        if (froms.size() != 1) {
            return Optional.empty();
        }
        Set<Optional<String>> domains = new HashSet<>();
        addresses(froms.getFirst()).forEach(address -> domains.add(address.host().flatMap(Author::canonical)));
        return domains.size() == 1 ? domains.iterator().next() : Optional.empty();
    }

    private static List<EnvelopeAddress> addresses(Field from) {
        byte[] header = ("From:" + from.body() + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return MimeScanner.scan(header).envelope().from();
    }

    private static Optional<String> canonical(Octets host) {
        try {
            return Optional.of(Domain.parse(new String(host.toBytes(), StandardCharsets.UTF_8)).canonical());
        } catch (AddressSyntaxException e) {
            return Optional.empty();
        }
    }
}
