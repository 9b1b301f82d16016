package org.postel.mail.mime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The texts of a header's fields as they are compared: unfolded, trimmed, with their encoded-words decoded, and folded as i;unicode-casemap
 * does (RFC 5051 §2). One thread.
 */
public final class HeaderTexts {

    /** Octets of one value that are looked at, and fields of one name. */
    private static final int LONGEST = 8192;
    private static final int MOST = 1000;

    private final Map<String, List<Octets>> values = new HashMap<>();
    private final Map<String, List<String>> folded = new HashMap<>();
    private final Map<String, List<String>> addresses = new HashMap<>();

    /** Finds the fields; their texts are made when somebody asks for them. */
    public HeaderTexts(HeaderSection section) {
        for (RawField field : section) {
            List<Octets> named = values.computeIfAbsent(field.name().toLowerCase(Locale.ROOT), absent -> new ArrayList<>());
            if (named.size() < MOST) {
                Octets value = field.value();
                named.add(value.length() <= LONGEST ? value : Octets.of(value.toBytes(), 0, LONGEST));
            }
        }
    }

    /** The texts of the fields of a name, which is in lower case, in their order. */
    public List<String> of(String name) {
        return folded.computeIfAbsent(name, asked -> values.getOrDefault(asked, List.of()).stream()
                .map(value -> CaseFold.fold(EncodedWords.decode(value))).toList());
    }

    /** The addresses in the fields of a name, which is in lower case, as {@code local-part@domain}; groups give those of their members. */
    public List<String> addresses(String name) {
        return addresses.computeIfAbsent(name, asked -> values.getOrDefault(asked, List.of()).stream()
                .flatMap(value -> AddressList.read(value, MimeLimits.DEFAULT).stream())
                .filter(EnvelopeAddress::isMailbox)
                .map(address -> CaseFold.fold(text(address.mailbox().orElse(Octets.EMPTY)) + "@" + text(address.host().orElse(Octets.EMPTY))))
                .toList());
    }

    private static String text(Octets octets) {
        return CharsetNames.unlabelled(octets.toBytes());
    }
}
