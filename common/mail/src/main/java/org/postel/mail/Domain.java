package org.postel.mail;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.postel.mail.AddressSyntaxException.Fault;

/**
 * A domain name: RFC 5321 §2.3.5 and §4.1.2, with U-labels as RFC 6531 §3.3 allows.
 *
 * @param name as written, valid, without a trailing dot, at most 255 octets
 */
public record Domain(String name) implements Host {

    /** RFC 5321 §4.5.3.1.2, in octets. */
    public static final int MAX_OCTETS = 255;
    private static final int MAX_LABEL = 63;
    // Without the first flag IDN knows only the characters of Unicode 3.2.
    private static final int FLAGS = IDN.ALLOW_UNASSIGNED | IDN.USE_STD3_ASCII_RULES;

    /**
     * @throws IllegalArgumentException when {@code name} is no domain: text of a peer goes through {@link #parse}
     */
    public Domain {
        try {
            check(name);
        } catch (AddressSyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Reads a domain that makes up the whole text. */
    public static Domain parse(String name) throws AddressSyntaxException {
        check(name);
        return new Domain(name);
    }

    /** Lower case, A-labels (RFC 5890 §2.3.2.1). */
    @Override
    public String canonical() {
        return international() ? Arrays.stream(name.split("\\.", -1)).map(Domain::toALabel).collect(Collectors.joining(".")) : name.toLowerCase(Locale.ROOT);
    }

    /** Whether a label is not ASCII, so that only a server with SMTPUTF8 takes it as written. */
    public boolean international() {
        return !AddressCharacters.isAscii(name);
    }

    @Override
    public String toString() {
        return name;
    }

    // Domain = sub-domain *("." sub-domain)
    private static void check(String name) throws AddressSyntaxException {
        if (AddressCharacters.octets(name) > MAX_OCTETS) {
            throw new AddressSyntaxException(Fault.TOO_LONG, "a domain has at most 255 octets");
        }
        int octets = -1;
        for (String label : name.split("\\.", -1)) {
            checkLabel(label);
            octets += toALabel(label).length() + 1;
        }
        if (octets > MAX_OCTETS) {
            throw new AddressSyntaxException(Fault.TOO_LONG, "a domain has at most 255 octets as A-labels");
        }
    }

    // sub-domain = Let-dig [Ldh-str] / U-label
    private static void checkLabel(String label) throws AddressSyntaxException {
        if (label.isEmpty() || label.startsWith("-") || label.endsWith("-")) {
            throw new AddressSyntaxException(Fault.SYNTAX, "a label starts and ends with a letter or digit");
        }
        if (!AddressCharacters.all(label, AddressCharacters::isLabelCharacter)) {
            throw new AddressSyntaxException(Fault.SYNTAX, "a label has letters, digits and hyphens");
        }
        if (AddressCharacters.isAscii(label)) {
            if (label.length() > MAX_LABEL) {
                throw new AddressSyntaxException(Fault.TOO_LONG, "a label has at most 63 octets");
            }
        } else {
            checkULabel(label);
        }
    }

    // The JDK maps by IDNA2003, where one name can become another (sharp s, full-width letters, an ideographic full stop).
    // RFC 5891 §4.2 lets no U-label change on the way to its A-label and back, so one that does is refused.
    private static void checkULabel(String label) throws AddressSyntaxException {
        try {
            String there = toALabel(label);
            if (!IDN.toUnicode(there, FLAGS).equals(Normalizer.normalize(label, Normalizer.Form.NFC).toLowerCase(Locale.ROOT))) {
                throw new AddressSyntaxException(Fault.FORBIDDEN_CHARACTER, "a label that stands for another one");
            }
        } catch (IllegalArgumentException e) {
            throw new AddressSyntaxException(Fault.FORBIDDEN_CHARACTER, "not a U-label");
        }
    }

    private static String toALabel(String label) {
        return AddressCharacters.isAscii(label) ? label.toLowerCase(Locale.ROOT) : IDN.toASCII(label, FLAGS).toLowerCase(Locale.ROOT);
    }
}
