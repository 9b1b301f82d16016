package org.postel.mailbox.storage;

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

/** The names of each account's mailboxes. Each call throws {@link StoreException}; no tree is NOT_FOUND. */
public interface MailboxTrees {

    /** Gives an account INBOX and the mailboxes of RFC 6154. Does nothing when it has them. */
    void createAccount(UUID account);

    /** Removes the tree and all mail of an account. Does nothing when there is none. */
    void deleteAccount(UUID account);

    MailboxTree tree(UUID account);

    /** As {@link #tree(UUID)}, of no other name than this one, exactly as written, and whether there are mailboxes below it. Costs the same however many there are. */
    MailboxTree tree(UUID account, String name);

    /** Whether a mailbox is this account's, and named. */
    boolean has(UUID account, UUID mailbox);

    /**
     * What another account may do with a mailbox; nothing when there is no such mailbox. May be of a moment ago ({@code postel.mailbox.store.moment}).
     *
     * @param owner whose mailbox it is
     */
    Rights rights(UUID owner, UUID mailbox, UUID account);

    /** As {@link #rights(UUID, UUID, UUID)} of many mailboxes at one look; one that is not there is left out. */
    Map<UUID, Rights> rights(UUID owner, Set<UUID> mailboxes, UUID account);

    /**
     * A name as it is stored, of those that all are taken for it.
     *
     * @throws StoreException INVALID when it cannot be a name
     */
    String canonical(String name);

    /** As {@link #rights(UUID, UUID, UUID)}, of the mailbox that has a name, and newest. */
    Rights rights(UUID owner, String name, UUID account);

    /** The mailboxes that another account may look up, with what it may do with them. */
    List<Granted> granted(UUID owner, UUID account);

    /** As {@link #granted(UUID, UUID)}, of the mailbox that its owner names exactly so. */
    Optional<Granted> granted(UUID owner, String name, UUID account);

    /** What each other account may do with a mailbox. */
    Map<UUID, Rights> acl(UUID owner, UUID mailbox);

    /** Changes what another account may do with a mailbox. LIMIT when too many have rights, or too many share with that account. */
    void grant(UUID owner, UUID mailbox, UUID account, UnaryOperator<Rights> rights);

    /** A mailbox as its owner names it, and what another account may do with it. */
    record Granted(Mailbox mailbox, Rights rights) {}

    /** The INBOX of an account: never changes as long as the account is there. */
    UUID inbox(UUID account);

    /** RFC 9051 §6.3.4; missing superior names are created too. */
    Mailbox create(UUID account, CreateRequest request);

    /** RFC 9051 §6.3.5; a mailbox with inferiors becomes a name only. */
    void delete(UUID account, DeleteRequest request);

    /** RFC 9051 §6.3.6; inferiors are renamed too, and INBOX gives its messages away. */
    void rename(UUID account, RenameRequest request);

    /** RFC 9051 §6.3.7 and §6.3.8; a subscription needs no mailbox. */
    void subscribe(UUID account, SubscribeRequest request);
}
