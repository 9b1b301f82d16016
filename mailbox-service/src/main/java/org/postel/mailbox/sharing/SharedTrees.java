package org.postel.mailbox.sharing;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.postel.mailbox.api.v1.CreateRequest;
import org.postel.mailbox.api.v1.DeleteRequest;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.MailboxTree;
import org.postel.mailbox.api.v1.RenameRequest;
import org.postel.mailbox.api.v1.SubscribeRequest;
import org.postel.mailbox.storage.MailboxTrees;
import org.postel.mailbox.storage.Right;
import org.postel.mailbox.storage.Rights;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/** The names that an account sees and changes: its own, and those of others that let it. */
public final class SharedTrees {

    private final MailboxTrees trees;
    private final Addresses addresses;

    public SharedTrees(MailboxTrees trees, Addresses addresses) {
        this.trees = trees;
        this.addresses = addresses;
    }

    /** Whose mailbox a session means and what it may do there; a mailbox of its own costs no read. */
    public Access access(UUID account, Optional<UUID> owner, UUID mailbox) {
        if (owner.isEmpty() || owner.get().equals(account)) {
            return new Access(account, Rights.ALL);
        }
        return new Access(owner.get(), trees.rights(owner.get(), mailbox, account));
    }

    /** As {@link #access(UUID, Optional, UUID)}, of many mailboxes of one owner, in their order. */
    public List<Access> access(UUID account, Optional<UUID> owner, List<UUID> mailboxes) {
        if (owner.isEmpty() || owner.get().equals(account)) {
            return Collections.nCopies(mailboxes.size(), new Access(account, Rights.ALL));
        }
        Map<UUID, Rights> rights = trees.rights(owner.get(), Set.copyOf(mailboxes), account);
        return mailboxes.stream().map(mailbox -> new Access(owner.get(), rights.getOrDefault(mailbox, Rights.NONE))).toList();
    }

    /** The name that the owner has for what another account names so. */
    public String ownersName(String full) {
        return OtherUsers.parse(full).map(OtherUsers::name).orElse(full);
    }

    /** All names: RFC 4314 §4, LIST shows what may be looked up. */
    public MailboxTree tree(UUID account) {
        MailboxTree own = trees.tree(account);
        if (own.getSharedByCount() == 0) {
            return own;
        }
        Set<String> subscriptions = new HashSet<>(own.getOrphanSubscriptionsList());
        TreeMap<String, Mailbox> shared = new TreeMap<>();
        own.getSharedByList().forEach(owner -> add(shared, account, uuid(owner), owner, subscriptions));
        MailboxTree.Builder tree = own.toBuilder().clearSharedBy().clearOrphanSubscriptions();
        new ArrayList<>(shared.keySet()).forEach(name -> addSuperiors(shared, name));
        tree.addAllMailboxes(shared.values());
        subscriptions.stream().filter(name -> !shared.containsKey(name)).sorted().forEach(tree::addOrphanSubscriptions);
        return tree.build();
    }

    private void add(TreeMap<String, Mailbox> shared, UUID account, UUID owner, ByteString ownerId, Set<String> subscriptions) {
        Optional<String> address = addresses.address(owner).filter(OtherUsers::canName);
        if (address.isEmpty()) {
            return;
        }
        for (MailboxTrees.Granted granted : trees.granted(owner, account)) {
            String name = new OtherUsers(address.get(), granted.mailbox().getName()).full();
            shared.put(name, shown(granted, name, ownerId, subscriptions.contains(name)));
        }
    }

    private static Mailbox shown(MailboxTrees.Granted granted, String name, ByteString ownerId, boolean subscribed) {
        return granted.mailbox().toBuilder().setName(name).clearSpecialUse().setSubscribed(subscribed)
                .setOwnerId(ownerId).setRights(granted.rights().letters()).build();
    }

    /** What {@link #tree(UUID)} has of one name. Costs the same however many there are, but for names above what others share. */
    public MailboxTree tree(UUID account, String name) {
        MailboxTree own = trees.tree(account, name);
        if (own.getSharedByCount() == 0 || !OtherUsers.isReserved(name)) {
            return own.toBuilder().clearSharedBy().build();
        }
        MailboxTree.Builder tree = MailboxTree.newBuilder().setVersion(own.getVersion());
        return shared(account, own, name).map(mailbox -> tree.addMailboxes(mailbox).build()).orElseGet(() -> only(name, tree(account)));
    }

    private Optional<Mailbox> shared(UUID account, MailboxTree own, String name) {
        return OtherUsers.parse(name).flatMap(other -> sharing(own, other.address())
                .flatMap(ownerId -> trees.granted(uuid(ownerId), other.name(), account)
                        .map(granted -> shown(granted, name, ownerId, own.getOrphanSubscriptionsCount() > 0))));
    }

    /** Who shares and has this address, not one of the others that may lead there. */
    private Optional<ByteString> sharing(MailboxTree own, String address) {
        return addresses.account(address)
                .filter(owner -> OtherUsers.canName(address) && addresses.address(owner).equals(Optional.of(address)))
                .flatMap(owner -> own.getSharedByList().stream().filter(ownerId -> uuid(ownerId).equals(owner)).findFirst());
    }

    private static MailboxTree only(String name, MailboxTree tree) {
        return MailboxTree.newBuilder().setVersion(tree.getVersion())
                .addAllMailboxes(tree.getMailboxesList().stream().filter(mailbox -> mailbox.getName().equals(name)).toList())
                .addAllOrphanSubscriptions(tree.getOrphanSubscriptionsList().stream().filter(name::equals).toList()).build();
    }

    private static void addSuperiors(TreeMap<String, Mailbox> shared, String name) {
        for (int end = name.lastIndexOf('/'); end > 0; end = name.lastIndexOf('/', end - 1)) {
            String superior = name.substring(0, end);
            shared.computeIfAbsent(superior, absent -> Mailbox.newBuilder().setName(absent).build());
        }
    }

    public Mailbox create(UUID account, CreateRequest request) {
        Optional<OtherUsers> other = other(request.getName());
        if (other.isEmpty()) {
            checkOwn(request.getName());
            return trees.create(account, request);
        }
        if (request.getSpecialUseCount() > 0) {
            throw new StoreException(Problem.INVALID, "special uses are the owner's");
        }
        UUID owner = owner(account, other.get());
        mayCreate(account, owner, other.get().name());
        Mailbox created = trees.create(owner, request.toBuilder().setName(other.get().name()).build());
        return created.toBuilder().setName(request.getName()).build();
    }

    /** RFC 4314 §4: below a mailbox that grants it. Nobody makes mailboxes at the top of another's tree. */
    private void mayCreate(UUID account, UUID owner, String name) {
        int end = name.lastIndexOf('/');
        if (end < 0) {
            throw new StoreException(Problem.NOT_FOUND, "no such mailbox");
        }
        new Access(owner, trees.rights(owner, name.substring(0, end), account)).with(Right.CREATE);
    }

    public void delete(UUID account, DeleteRequest request) {
        Optional<OtherUsers> other = other(request.getName());
        if (other.isEmpty()) {
            trees.delete(account, request);
            return;
        }
        UUID owner = owner(account, other.get());
        new Access(owner, trees.rights(owner, other.get().name(), account)).with(Right.DELETE_MAILBOX);
        trees.delete(owner, request.toBuilder().setName(other.get().name()).build());
    }

    public void rename(UUID account, RenameRequest request) {
        Optional<OtherUsers> from = other(request.getFrom());
        Optional<OtherUsers> to = other(request.getTo());
        if (from.isEmpty() && to.isEmpty()) {
            checkOwn(request.getTo());
            trees.rename(account, request);
            return;
        }
        if (from.isEmpty() || to.isEmpty() || !from.get().address().equals(to.get().address())) {
            throw new StoreException(Problem.INVALID, "a mailbox stays with its owner");
        }
        UUID owner = owner(account, from.get());
        new Access(owner, trees.rights(owner, from.get().name(), account)).with(Right.DELETE_MAILBOX);
        if (from.get().name().equals("INBOX")) {
            throw new StoreException(Problem.FORBIDDEN, "INBOX is the owner's");
        }
        mayCreate(account, owner, to.get().name());
        String below = from.get().name() + "/";
        trees.tree(owner).getMailboxesList().stream().filter(mailbox -> mailbox.getSelectable() && mailbox.getName().startsWith(below))
                .forEach(mailbox -> {
                    if (!trees.rights(owner, uuid(mailbox.getId()), account).has(Right.DELETE_MAILBOX)) {
                        throw new StoreException(Problem.FORBIDDEN, "an inferior would be renamed without the right to");
                    }
                });
        trees.rename(owner, RenameRequest.newBuilder().setFrom(from.get().name()).setTo(to.get().name()).build());
    }

    /** A subscription stands with who subscribes, under the name that it has there. */
    public void subscribe(UUID account, SubscribeRequest request) {
        Optional<OtherUsers> other = other(request.getName());
        if (other.isPresent() && request.getSubscribed()) {
            UUID owner = owner(account, other.get());
            new Access(owner, trees.rights(owner, other.get().name(), account)).with(Right.LOOKUP);
        }
        trees.subscribe(account, request);
    }

    /** With the owner's name for it as it is stored: rights are asked of that, and of its inferiors. */
    private Optional<OtherUsers> other(String full) {
        return OtherUsers.parse(full).map(other -> other.name().isEmpty() ? other : new OtherUsers(other.address(), trees.canonical(other.name())));
    }

    private static void checkOwn(String name) {
        if (OtherUsers.isReserved(name)) {
            throw new StoreException(Problem.INVALID, "the name belongs to other users");
        }
    }

    private UUID owner(UUID account, OtherUsers other) {
        return addresses.account(other.address()).filter(owner -> !owner.equals(account) && !other.name().isEmpty())
                .orElseThrow(() -> new StoreException(Problem.NOT_FOUND, "no such mailbox"));
    }

    static UUID uuid(ByteString id) {
        ByteBuffer bits = id.asReadOnlyByteBuffer();
        return new UUID(bits.getLong(), bits.getLong());
    }
}
