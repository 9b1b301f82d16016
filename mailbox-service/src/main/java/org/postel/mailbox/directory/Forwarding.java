package org.postel.mailbox.directory;

import java.util.HashSet;
import java.util.List;
import org.postel.mailbox.directory.DirectoryException.Fault;

/**
 * Where an account's mail goes on to.
 *
 * @param targets addresses, ours or not
 * @param keep    whether a copy stays
 */
public record Forwarding(List<String> targets, boolean keep) {

    /** More would make one account a mailing list. */
    private static final int MOST = 20;

    public Forwarding {
        targets = List.copyOf(targets);
    }

    /** @throws DirectoryException INVALID when it names no address, something else, or the account itself */
    Forwarding checked(Account account) throws DirectoryException {
        if (targets.isEmpty() || targets.size() > MOST || new HashSet<>(targets).size() < targets.size()) {
            throw new DirectoryException(Fault.INVALID, "targets", "mail is forwarded to 1 to " + MOST + " different addresses");
        }
        for (String target : targets) {
            String canonical = CanonicalAddress.of(target)
                    .orElseThrow(() -> new DirectoryException(Fault.INVALID, "targets", "not an address of the form local-part@domain")).toString();
            if (canonical.equals(account.address()) || account.aliases().contains(canonical)) {
                throw new DirectoryException(Fault.INVALID, "targets", "an account does not forward to itself");
            }
        }
        return this;
    }
}
