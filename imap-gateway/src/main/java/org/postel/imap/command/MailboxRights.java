package org.postel.imap.command;

import java.util.ArrayList;
import java.util.List;
import org.postel.imap.syntax.SystemFlag;
import org.postel.mailbox.api.v1.Mailbox;

/** What the account may do with a mailbox, RFC 4314 §2.1, as mailbox-service said with its name; what counts it asks again. */
record MailboxRights(String letters) {

    static final String ALL = "lrswipkxtea";

    /** Of one's own mailbox: all. */
    static MailboxRights of(Mailbox mailbox) {
        return new MailboxRights(mailbox.getOwnerId().isEmpty() ? ALL : mailbox.getRights());
    }

    boolean has(char right) {
        return letters.indexOf(right) >= 0;
    }

    /** Whether anything of the mailbox can be changed at all: else it is opened read-only (RFC 4314 §5.2). */
    boolean mayChangeSomething() {
        return letters.chars().anyMatch(letter -> "swite".indexOf(letter) >= 0);
    }

    /** Those of some flags that may be changed, and whether there may be new ones. */
    List<String> permanent(List<String> flags) {
        List<String> permanent = new ArrayList<>(flags.stream().filter(flag -> has(right(flag))).toList());
        if (has('w')) {
            permanent.add("\\*");
        }
        return permanent;
    }

    private static char right(String flag) {
        return flag.equalsIgnoreCase(SystemFlag.SEEN) ? 's' : flag.equalsIgnoreCase("\\Deleted") ? 't' : 'w';
    }

    /** As it goes over the wire: RFC 4314 §2.1.1 wants the obsolete rights shown where any of those is that they stand for. */
    static String wire(String letters) {
        MailboxRights rights = new MailboxRights(letters);
        return letters + (rights.has('k') || rights.has('x') ? "c" : "") + (rights.has('t') || rights.has('e') ? "d" : "");
    }
}
