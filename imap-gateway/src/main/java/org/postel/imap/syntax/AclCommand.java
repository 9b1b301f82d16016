package org.postel.imap.syntax;

import java.util.Locale;

/** The commands of RFC 4314 §3. */
public sealed interface AclCommand {

    default String verb() {
        return getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    MailboxName mailbox();

    record GetAcl(MailboxName mailbox) implements AclCommand {
    }

    /** {@code +} adds, {@code -} removes, neither replaces. */
    enum Change { REPLACE, ADD, REMOVE }

    record SetAcl(MailboxName mailbox, String identifier, Change change, String rights) implements AclCommand {
    }

    record DeleteAcl(MailboxName mailbox, String identifier) implements AclCommand {
    }

    record ListRights(MailboxName mailbox, String identifier) implements AclCommand {
    }

    record MyRights(MailboxName mailbox) implements AclCommand {
    }
}
