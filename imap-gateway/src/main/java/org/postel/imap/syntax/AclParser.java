package org.postel.imap.syntax;

import org.postel.imap.syntax.AclCommand.Change;

/** {@code getacl / setacl / deleteacl / listrights / myrights} (RFC 4314 §6). */
final class AclParser {

    /** RFC 4314 §2.1, and the obsolete ones of §2.1.1. */
    private static final String RIGHTS = "lrswipkxteacd";

    private AclParser() {
    }

    static ImapCommand.Acl acl(String verb, Cursor cursor) throws SyntaxException {
        cursor.sp();
        MailboxName mailbox = new MailboxName(cursor.mailbox());
        return new ImapCommand.Acl(switch (verb) {
            case "GETACL" -> new AclCommand.GetAcl(mailbox);
            case "MYRIGHTS" -> new AclCommand.MyRights(mailbox);
            case "DELETEACL" -> new AclCommand.DeleteAcl(mailbox, identifier(cursor));
            case "LISTRIGHTS" -> new AclCommand.ListRights(mailbox, identifier(cursor));
            default -> set(mailbox, identifier(cursor), cursor);
        });
    }

    private static String identifier(Cursor cursor) throws SyntaxException {
        cursor.sp();
        return cursor.text();
    }

    /** {@code mod-rights = astring}: {@code ["+" / "-"] rights}. */
    private static AclCommand set(MailboxName mailbox, String identifier, Cursor cursor) throws SyntaxException {
        cursor.sp();
        String text = cursor.text();
        Change change = text.startsWith("+") ? Change.ADD : text.startsWith("-") ? Change.REMOVE : Change.REPLACE;
        String rights = change == Change.REPLACE ? text : text.substring(1);
        // RFC 4314 §3.1: BAD at a right that the server does not know.
        if (rights.chars().anyMatch(letter -> RIGHTS.indexOf(letter) < 0)) {
            throw new SyntaxException("Unknown right");
        }
        return new AclCommand.SetAcl(mailbox, identifier, change, rights);
    }
}
