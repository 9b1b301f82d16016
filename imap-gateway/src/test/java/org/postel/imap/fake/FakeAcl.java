package org.postel.imap.fake;

import java.util.SortedMap;
import java.util.TreeMap;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MailboxServiceException.Reason;
import org.postel.mailbox.api.v1.Acl;
import org.postel.mailbox.api.v1.AclEntry;
import org.postel.mailbox.api.v1.SetAclRequest;

/** Who may do what: one list for all mailboxes of the account. */
final class FakeAcl {

    private final SortedMap<String, String> granted = new TreeMap<>();

    Acl told() {
        Acl.Builder acl = Acl.newBuilder().addEntries(AclEntry.newBuilder().setIdentifier("alice@example.test").setRights("lrswipkxtea"));
        granted.forEach((who, rights) -> acl.addEntries(AclEntry.newBuilder().setIdentifier(who).setRights(rights)));
        return acl.build();
    }

    /** The rights that there were. */
    String change(SetAclRequest request) {
        if (!request.getIdentifier().endsWith("@example.test")) {
            throw new MailboxServiceException(Reason.INVALID_ARGUMENT, "nobody");
        }
        String before = granted.getOrDefault(request.getIdentifier(), "");
        String after = switch (request.getChange()) {
            case ADD -> before + request.getRights();
            case REMOVE -> before.replaceAll("[" + request.getRights() + "]", "");
            default -> request.getRights();
        };
        return after.isEmpty() ? granted.remove(request.getIdentifier()) : granted.put(request.getIdentifier(), after);
    }
}
