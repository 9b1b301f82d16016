package org.postel.mailbox.admin;

import java.util.List;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Domain;
import org.postel.mailbox.directory.Administration;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.LocalDomain;

/** Which domains a request is about. */
final class Domains {

    private Domains() {}

    static List<String> asked(Administration administration, String domain) {
        return domain == null || domain.isEmpty()
                ? administration.domains().stream().map(LocalDomain::name).toList()
                : List.of(domain);
    }

    /** The one in the path, as the directory calls it. */
    static String canonical(String domain) throws DirectoryException {
        try {
            return Domain.parse(domain).canonical();
        } catch (AddressSyntaxException e) {
            throw new DirectoryException(DirectoryException.Fault.INVALID, "not a domain");
        }
    }

    static DirectoryException missing() {
        return new DirectoryException(DirectoryException.Fault.MISSING, "no such domain");
    }
}
