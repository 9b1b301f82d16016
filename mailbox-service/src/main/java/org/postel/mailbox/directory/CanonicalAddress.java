package org.postel.mailbox.directory;

import java.util.Optional;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Domain;
import org.postel.mail.Mailbox;

/**
 * An address as the directory keys it.
 *
 * @param localPart NFC, lower case, quoted only where it must be; empty of what stands for all the rest of a domain
 * @param domain    A-labels, lower case
 */
public record CanonicalAddress(String localPart, String domain) {

    private static final String POSTMASTER = "postmaster";

    /** Of {@code local-part@domain} as on the wire; empty when it is none, or its host is an address literal. */
    public static Optional<CanonicalAddress> of(String written) {
        try {
            Mailbox mailbox = Mailbox.parse(written);
            return mailbox.host() instanceof Domain domain
                    ? Optional.of(new CanonicalAddress(mailbox.localPart().canonical(), domain.canonical()))
                    : Optional.empty();
        } catch (AddressSyntaxException e) {
            return Optional.empty();
        }
    }

    /** As {@link #of}, and of {@code @domain} too, which stands for what no other address of the domain does. */
    public static Optional<CanonicalAddress> ofAlias(String written) {
        if (!written.startsWith("@")) {
            return of(written);
        }
        try {
            return Optional.of(catchAll(Domain.parse(written.substring(1)).canonical()));
        } catch (AddressSyntaxException e) {
            return Optional.empty();
        }
    }

    /** Stands for what no other address of a domain does. */
    static CanonicalAddress catchAll(String domain) {
        return new CanonicalAddress("", domain);
    }

    /** Whether this is the mailbox every domain has: RFC 5321 §4.5.1. */
    boolean postmaster() {
        return localPart.equals(POSTMASTER);
    }

    /** Without its detail: {@code user+detail} becomes {@code user} (RFC 5233 §1); empty when there is none. */
    Optional<CanonicalAddress> withoutDetail(String separator) {
        int at = separator.isEmpty() ? -1 : localPart.indexOf(separator);
        return at < 1 || localPart.startsWith("\"")
                ? Optional.empty()
                : Optional.of(new CanonicalAddress(localPart.substring(0, at), domain));
    }

    @Override
    public String toString() {
        return localPart + "@" + domain;
    }
}
