package org.postel.imap.fake;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MailboxServiceException.Reason;
import org.postel.mailbox.api.v1.CreateRequest;
import org.postel.mailbox.api.v1.DeleteRequest;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.MailboxTree;
import org.postel.mailbox.api.v1.RenameRequest;
import org.postel.mailbox.api.v1.SubscribeRequest;

/** The names of an account's mailboxes. Not for several threads. */
final class FakeTree {

    private final Map<String, FakeMailbox> mailboxes = new LinkedHashMap<>();
    private final SequencedSet<String> orphans = new LinkedHashSet<>();

    FakeTree() {
        mailboxes.put("INBOX", new FakeMailbox("INBOX"));
        mailboxes.put("Drafts", new FakeMailbox("Drafts", "\\Drafts"));
        mailboxes.put("Sent", new FakeMailbox("Sent", "\\Sent"));
        mailboxes.put("Trash", new FakeMailbox("Trash", "\\Trash"));
    }

    FakeMailbox inbox() {
        return mailboxes.get("INBOX");
    }

    Collection<FakeMailbox> mailboxes() {
        return mailboxes.values();
    }

    FakeMailbox byId(ByteString id) {
        return mailboxes.values().stream().filter(it -> it.id.equals(id)).findFirst()
                .orElseThrow(() -> new MailboxServiceException(Reason.NOT_FOUND, "no such id"));
    }

    private FakeMailbox named(String name) {
        FakeMailbox found = mailboxes.get(name);
        if (found == null) {
            throw new MailboxServiceException(Reason.NOT_FOUND, name);
        }
        return found;
    }

    MailboxTree whole() {
        return MailboxTree.newBuilder()
                .addAllMailboxes(mailboxes.values().stream().map(FakeMailbox::described).toList())
                .addAllOrphanSubscriptions(orphans).build();
    }

    /** What there is of one name. */
    MailboxTree at(String name) {
        return MailboxTree.newBuilder()
                .addAllMailboxes(Optional.ofNullable(mailboxes.get(name)).map(FakeMailbox::described).stream().toList())
                .addAllOrphanSubscriptions(orphans.stream().filter(name::equals).toList())
                .setInferiors(mailboxes.keySet().stream().anyMatch(other -> other.startsWith(name + "/"))).build();
    }

    Mailbox create(CreateRequest request) {
        List<String> uses = request.getSpecialUseList();
        if (uses.stream().anyMatch(use -> mailboxes.values().stream().anyMatch(it -> it.specialUse.contains(use)))) {
            throw new MailboxServiceException(Reason.FAILED_PRECONDITION, "another has that use");
        }
        FakeMailbox created = new FakeMailbox(request.getName(), uses.toArray(String[]::new));
        if (mailboxes.putIfAbsent(request.getName(), created) != null) {
            throw new MailboxServiceException(Reason.ALREADY_EXISTS, request.getName());
        }
        return created.described();
    }

    FakeMailbox delete(DeleteRequest request) {
        return mailboxes.remove(named(request.getName()).name);
    }

    FakeMailbox rename(RenameRequest request) {
        FakeMailbox mailbox = named(request.getFrom());
        if (mailboxes.containsKey(request.getTo())) {
            throw new MailboxServiceException(Reason.ALREADY_EXISTS, request.getTo());
        }
        mailboxes.remove(mailbox.name);
        if (mailbox.name.equals("INBOX")) {
            // RFC 3501 §6.3.5: there always is one.
            mailboxes.put("INBOX", new FakeMailbox("INBOX"));
        }
        mailbox.name = request.getTo();
        return mailboxes.put(mailbox.name, mailbox);
    }

    boolean subscribe(SubscribeRequest request) {
        FakeMailbox mailbox = mailboxes.get(request.getName());
        if (mailbox != null) {
            mailbox.subscribed = request.getSubscribed();
        }
        return mailbox != null || (request.getSubscribed() ? orphans.add(request.getName()) : orphans.remove(request.getName()));
    }

    /** Bob lets alice use a mailbox; there is one message more in it each time. Whether somebody may have it open. */
    boolean share(String rights) {
        FakeMailbox team = mailboxes.computeIfAbsent("Other Users/bob@example.test/Team", FakeMailbox::new);
        boolean before = team.header().getMessages() > 0;
        team.subscribed = false;
        team.rights = Optional.of(rights);
        String subject = before ? "more" : "team";
        team.add(("Subject: " + subject + "\r\n\r\nText\r\n").getBytes(StandardCharsets.US_ASCII), List.of(), 1_700_000_000_000L, 0);
        return before;
    }

    boolean isShared(ByteString id) {
        return mailboxes.values().stream().anyMatch(mailbox -> mailbox.id.equals(id) && mailbox.rights.isPresent());
    }

    void check(ByteString id, char right) {
        if (byId(id).rights.filter(rights -> rights.indexOf(right) < 0).isPresent()) {
            throw new MailboxServiceException(Reason.PERMISSION_DENIED, "no right");
        }
    }
}
