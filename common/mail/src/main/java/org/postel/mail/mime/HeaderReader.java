package org.postel.mail.mime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a header section says of its part and of its message. Of a field that stands more than once the first counts, for
 * the structure as for everybody else who reads the header; only To, Cc and Bcc count all.
 */
final class HeaderReader {

    /** The fields that make an envelope, in lower case. */
    static final List<String> ENVELOPE = List.of("bcc", "cc", "date", "from", "in-reply-to", "message-id", "reply-to", "sender", "subject", "to");

    private final Map<String, Octets> fields = new HashMap<>();
    /** Those behind the first of a name, of fields that are read together. */
    private final Map<String, List<Octets>> furtherDestinations = new HashMap<>();
    private final MimeLimits limits;

    HeaderReader(HeaderSection section, MimeLimits limits) {
        this.limits = limits;
        for (RawField field : section) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (isRead(name)) {
                if (fields.putIfAbsent(name, field.value()) != null && isDestination(name)) {
                    List<Octets> more = furtherDestinations.computeIfAbsent(name, absent -> new ArrayList<>());
                    if (more.size() < limits.addresses()) {
                        more.add(field.value());
                    }
                }
            }
        }
    }

    private static boolean isRead(String name) {
        return switch (name) {
            case "date", "subject", "from", "sender", "reply-to", "to", "cc", "bcc", "in-reply-to", "message-id",
                    "content-type", "content-transfer-encoding", "content-id", "content-description", "content-md5",
                    "content-disposition", "content-language", "content-location" -> true;
            default -> false;
        };
    }

    private static boolean isDestination(String name) {
        return name.equals("to") || name.equals("cc") || name.equals("bcc");
    }

    PartHeader part(ContentType byDefault) {
        return new PartHeader(
                field("content-type").flatMap(value -> ParameterizedField.contentType(value, limits)).orElse(byDefault),
                field("content-transfer-encoding").flatMap(ParameterizedField::token).orElse(PartHeader.SEVEN_BIT),
                field("content-id"),
                field("content-description"),
                field("content-md5"),
                field("content-disposition").flatMap(value -> ParameterizedField.disposition(value, limits)),
                field("content-language").map(value -> ParameterizedField.languages(value, limits)).orElse(List.of()),
                field("content-location"));
    }

    MessageEnvelope envelope() {
        List<EnvelopeAddress> from = addresses("from");
        return new MessageEnvelope(
                field("date"),
                field("subject"),
                from,
                orElse(addresses("sender"), from),
                orElse(addresses("reply-to"), from),
                destinations("to"),
                destinations("cc"),
                destinations("bcc"),
                field("in-reply-to"),
                field("message-id"));
    }

    private Optional<Octets> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    private List<EnvelopeAddress> addresses(String name) {
        return field(name).map(value -> AddressList.read(value, limits)).orElse(List.of());
    }

    /** RFC 5322 §4.5.3: several such fields are read as one, whose lists follow each other. */
    private List<EnvelopeAddress> destinations(String name) {
        List<EnvelopeAddress> all = new ArrayList<>(addresses(name));
        for (Octets value : furtherDestinations.getOrDefault(name, List.of())) {
            if (all.size() >= limits.addresses()) {
                break;
            }
            all.addAll(AddressList.read(value, limits));
        }
        return all;
    }

    private static List<EnvelopeAddress> orElse(List<EnvelopeAddress> addresses, List<EnvelopeAddress> otherwise) {
        return addresses.isEmpty() ? otherwise : addresses;
    }
}
