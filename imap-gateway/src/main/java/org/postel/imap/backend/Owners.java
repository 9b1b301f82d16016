package org.postel.imap.backend;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postel.mailbox.api.MailboxesClient;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.MailboxTree;

/**
 * Whose mailbox each is of those that other accounts let a session use: a call about one of these names the owner, and is made where the
 * owner's mailboxes are warm. Known from the names that were read last, and from single ones since; one that is not known is asked for as one's own,
 * and is not there.
 */
final class Owners {

    /** Mailboxes that are learned of one by one before all names have to be read again, which forgets those that went. */
    private static final int MOST_SINGLE = 1000;

    private final MailboxesClient own;
    private final Map<ByteString, MailboxesClient> clients = new HashMap<>();
    private Map<ByteString, ByteString> owners = new HashMap<>();
    private int single;

    Owners(MailboxesClient own) {
        this.own = own;
    }

    void learn(MailboxTree tree) {
        Map<ByteString, ByteString> read = new HashMap<>();
        for (Mailbox mailbox : tree.getMailboxesList()) {
            if (!mailbox.getOwnerId().isEmpty()) {
                read.put(mailbox.getId(), mailbox.getOwnerId());
            }
        }
        owners = read;
        single = 0;
    }

    /** Of another account's mailbox; wants {@link #hasRoom}. */
    void learn(Mailbox shared) {
        if (owners.put(shared.getId(), shared.getOwnerId()) == null) {
            single++;
        }
    }

    boolean hasRoom() {
        return single < MOST_SINGLE;
    }

    /** Empty for one's own. */
    ByteString owner(ByteString mailboxId) {
        return owners.getOrDefault(mailboxId, ByteString.EMPTY);
    }

    /** Who is asked about a mailbox. */
    MailboxesClient of(ByteString mailboxId) {
        ByteString owner = owner(mailboxId);
        return owner.isEmpty() ? own : clients.computeIfAbsent(owner, own::of);
    }

    /** Some mailboxes by who is asked about them. */
    Map<MailboxesClient, List<ByteString>> apart(List<ByteString> mailboxIds) {
        if (owners.isEmpty()) {
            return Map.of(own, mailboxIds);
        }
        Map<MailboxesClient, List<ByteString>> apart = new LinkedHashMap<>();
        mailboxIds.forEach(id -> apart.computeIfAbsent(of(id), client -> new ArrayList<>()).add(id));
        return apart;
    }
}
