package org.postel.delivery.route;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.postel.mail.mime.HeaderSection;
import org.postel.mail.mime.RawField;

/**
 * What the header says of the message's way.
 *
 * @param hops Received fields (RFC 5321 §6.3)
 * @param tlsNotRequired its sender would rather have it arrive than secured: TLS-Required, RFC 8689 §3
 * @param deliveredTo addresses it was delivered to before, in lower case (RFC 9228)
 */
record TraceHeader(int hops, boolean tlsNotRequired, Set<String> deliveredTo) {

    private static final int MOST = 1000;

    static TraceHeader of(byte[] header) {
        int hops = 0;
        boolean tlsNotRequired = false;
        Set<String> deliveredTo = new HashSet<>();
        for (RawField field : new HeaderSection(header)) {
            switch (field.name().toLowerCase(Locale.ROOT)) {
                case "received" -> hops++;
                case "tls-required" -> tlsNotRequired |= field.value().toString().strip().equalsIgnoreCase("No");
                case "delivered-to" -> {
                    if (deliveredTo.size() < MOST) {
                        deliveredTo.add(new String(field.value().toString().getBytes(StandardCharsets.ISO_8859_1),
                                StandardCharsets.UTF_8).strip().toLowerCase(Locale.ROOT));
                    }
                }
                default -> {
                    // The other fields say nothing of the way.
                }
            }
        }
        return new TraceHeader(hops, tlsNotRequired, deliveredTo);
    }

    boolean wasDeliveredTo(String address) {
        return deliveredTo.contains(address.toLowerCase(Locale.ROOT));
    }
}
