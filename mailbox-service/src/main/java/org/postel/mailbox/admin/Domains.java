package org.postel.mailbox.admin;

import jakarta.ws.rs.core.SecurityContext;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Domain;
import org.postel.mailbox.authority.Authority;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.CanonicalAddress;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.directory.LocalDomain;

/** Which domains a request is about. */
final class Domains {

    private Domains() {}

    /** Those of the caller's, or the one that it asks about, when that is one of these. */
    static List<String> asked(SecurityContext security, Administration administration, String domain) throws DirectoryException {
        List<String> asked = domain == null || domain.isEmpty()
                ? administration.domains().stream().map(LocalDomain::name).toList()
                : List.of(canonical(domain));
        return asked.stream().filter(Acting.of(security)::over).toList();
    }

    /** @throws DirectoryException FORBIDDEN when the caller may not make this address: who administers some domains makes no others */
    static void forNew(SecurityContext security, Administration administration, String address) throws DirectoryException {
        Optional<CanonicalAddress> wanted = CanonicalAddress.ofAlias(address);
        Authority caller = Acting.of(security);
        if (wanted.isPresent() && !caller.everywhere()
                && !(caller.over(wanted.get().domain()) && administration.domains().stream().anyMatch(each -> each.name().equals(wanted.get().domain())))) {
            throw new DirectoryException(Fault.FORBIDDEN, "not an address of a domain that you administer");
        }
    }

    /** The one in the path, as the directory calls it. */
    static String canonical(String domain) throws DirectoryException {
        try {
            return Domain.parse(domain).canonical();
        } catch (AddressSyntaxException e) {
            throw new DirectoryException(Fault.INVALID, "not a domain");
        }
    }

    /** Several, as the directory calls them. */
    static Set<String> canonical(List<String> domains) throws DirectoryException {
        Set<String> names = new HashSet<>();
        for (String domain : Given.texts(domains, "domains")) {
            names.add(canonical(domain));
        }
        return names;
    }

    static DirectoryException missing() {
        return new DirectoryException(Fault.MISSING, "no such domain");
    }
}
