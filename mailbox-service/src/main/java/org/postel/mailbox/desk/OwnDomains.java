package org.postel.mailbox.desk;

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

/** Which domains somebody's request is about. */
public final class OwnDomains {

    private OwnDomains() {}

    /** Those that somebody administers, or the one that is asked about, when that is one of these; null or empty: all. */
    public static List<String> asked(Authority who, Administration administration, String domain) throws DirectoryException {
        List<String> asked = domain == null || domain.isEmpty()
                ? administration.domains().stream().map(LocalDomain::name).toList()
                : List.of(canonical(domain));
        return asked.stream().filter(who::over).toList();
    }

    /** @throws DirectoryException FORBIDDEN when somebody may not make this address: who administers some domains makes no others */
    public static void forNew(Authority who, Administration administration, String address) throws DirectoryException {
        Optional<CanonicalAddress> wanted = CanonicalAddress.ofAlias(address);
        if (wanted.isPresent() && !who.everywhere()
                && !(who.over(wanted.get().domain()) && administration.domains().stream().anyMatch(each -> each.name().equals(wanted.get().domain())))) {
            throw new DirectoryException(Fault.FORBIDDEN, "not an address of a domain that you administer");
        }
    }

    /** Whether somebody may see an act of the audit log: what it is on begins with an address or a domain, when it is on one. */
    public static boolean concerns(Authority who, String on) {
        String first = on.split(" ", 2)[0];
        return who.everywhere() || who.overAddress(first) || who.over(first);
    }

    /** One as the directory calls it. */
    public static String canonical(String domain) throws DirectoryException {
        try {
            return Domain.parse(domain).canonical();
        } catch (AddressSyntaxException e) {
            throw new DirectoryException(Fault.INVALID, "not a domain");
        }
    }

    /** Several, as the directory calls them. */
    public static Set<String> canonical(List<String> domains) throws DirectoryException {
        Set<String> names = new HashSet<>();
        for (String domain : domains) {
            names.add(canonical(domain));
        }
        return names;
    }

    public static DirectoryException missing() {
        return new DirectoryException(Fault.MISSING, "no such domain");
    }
}
