package org.postel.mailbox.sharing;

import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.postel.mailbox.api.v1.Acl;
import org.postel.mailbox.api.v1.AclEntry;
import org.postel.mailbox.api.v1.SetAclRequest;
import org.postel.mailbox.storage.MailboxTrees;
import org.postel.mailbox.storage.Right;
import org.postel.mailbox.storage.Rights;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/**
 * Who may do what with a mailbox: RFC 4314 §3. An identifier is the address of an account in the owner's domain; there is no
 * {@code anyone}, no group and no negative right, so that nobody can push a mailbox on everybody.
 */
public final class AccessLists {

    private final MailboxTrees trees;
    private final Addresses addresses;

    public AccessLists(MailboxTrees trees, Addresses addresses) {
        this.trees = trees;
        this.addresses = addresses;
    }

    /** The owner first; needs the right to administer. */
    public Acl get(Access access, UUID mailbox) {
        UUID owner = access.with(Right.ADMINISTER);
        Acl.Builder acl = Acl.newBuilder();
        addresses.address(owner).ifPresent(address -> acl.addEntries(entry(address, Rights.ALL)));
        trees.acl(owner, mailbox).forEach((account, rights) -> addresses.address(account).ifPresent(address -> acl.addEntries(entry(address, rights))));
        return acl.build();
    }

    private static AclEntry entry(String address, Rights rights) {
        return AclEntry.newBuilder().setIdentifier(address).setRights(rights.letters()).build();
    }

    /** Needs the right to administer. The owner's rights stay as they are. */
    public void set(Access access, UUID mailbox, SetAclRequest request) {
        UUID owner = access.with(Right.ADMINISTER);
        UUID account = account(owner, request.getIdentifier());
        Rights named = Rights.of(request.getRights());
        UnaryOperator<Rights> change = switch (request.getChange()) {
            case REPLACE -> before -> named;
            case ADD -> before -> before.with(named);
            case REMOVE -> before -> before.without(named);
            case UNRECOGNIZED -> throw new StoreException(Problem.INVALID, "an unknown change");
        };
        trees.grant(owner, mailbox, account, change);
    }

    private UUID account(UUID owner, String identifier) {
        Optional<String> domain = addresses.address(owner).map(AccessLists::domain);
        Optional<UUID> account = addresses.account(identifier);
        boolean same = account.flatMap(addresses::address).map(AccessLists::domain).equals(domain);
        if (account.isEmpty() || !same || account.get().equals(owner)) {
            // One answer: who is in other domains is nobody's business here.
            throw new StoreException(Problem.INVALID, "no account of this domain but the owner's");
        }
        return account.get();
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
