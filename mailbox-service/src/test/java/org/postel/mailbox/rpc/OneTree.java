package org.postel.mailbox.rpc;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.postel.mailbox.api.v1.CreateRequest;
import org.postel.mailbox.api.v1.DeleteRequest;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.MailboxTree;
import org.postel.mailbox.api.v1.RenameRequest;
import org.postel.mailbox.api.v1.SubscribeRequest;
import org.postel.mailbox.storage.MailboxTrees;
import org.postel.mailbox.storage.Rights;
import org.postel.mailbox.storage.StoreException;

/** Trees in which every account has the same INBOX. */
final class OneTree implements MailboxTrees {

    static final UUID INBOX = new UUID(7, 7);

    @Override
    public void createAccount(UUID account) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deleteAccount(UUID account) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MailboxTree tree(UUID account) {
        return MailboxTree.newBuilder().setVersion(1).addMailboxes(Mailbox.newBuilder().setId(Ids.octets(INBOX)).setName("INBOX")).build();
    }

    @Override
    public MailboxTree tree(UUID account, String name) {
        return name.equals("INBOX") ? tree(account) : MailboxTree.newBuilder().setVersion(1).build();
    }

    @Override
    public String canonical(String name) {
        return name;
    }

    @Override
    public boolean has(UUID account, UUID mailbox) {
        return mailbox.equals(INBOX);
    }

    @Override
    public Rights rights(UUID owner, UUID mailbox, UUID account) {
        return Rights.NONE;
    }

    @Override
    public Map<UUID, Rights> rights(UUID owner, Set<UUID> mailboxes, UUID account) {
        return Map.of();
    }

    @Override
    public Rights rights(UUID owner, String name, UUID account) {
        return Rights.NONE;
    }

    @Override
    public List<Granted> granted(UUID owner, UUID account) {
        return List.of();
    }

    @Override
    public Optional<Granted> granted(UUID owner, String name, UUID account) {
        return Optional.empty();
    }

    @Override
    public Map<UUID, Rights> acl(UUID owner, UUID mailbox) {
        return Map.of();
    }

    @Override
    public void grant(UUID owner, UUID mailbox, UUID account, UnaryOperator<Rights> rights) {
        throw new UnsupportedOperationException();
    }

    @Override
    public UUID inbox(UUID account) {
        return INBOX;
    }

    @Override
    public Mailbox create(UUID account, CreateRequest request) {
        throw new StoreException(StoreException.Problem.ALREADY_EXISTS, "exists");
    }

    @Override
    public void delete(UUID account, DeleteRequest request) {
        throw new StoreException(StoreException.Problem.INVALID, "INBOX stays");
    }

    @Override
    public void rename(UUID account, RenameRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void subscribe(UUID account, SubscribeRequest request) {
        throw new UnsupportedOperationException();
    }
}
