package org.postel.imap.syntax;

/** {@code append = "APPEND" SP mailbox 1*append-message} (RFC 3502 §6.3.11), up to the octets of the first literal. */
final class AppendParser {

    private AppendParser() {
    }

    static ImapCommand.Append append(Cursor cursor) throws SyntaxException {
        cursor.sp();
        MailboxName mailbox = new MailboxName(cursor.mailbox());
        return new ImapCommand.Append(mailbox, new AppendArguments(cursor, cursor.utf8Names()));
    }

    /** {@code replace = "REPLACE" SP seq-number SP mailbox append-message} (RFC 8508 §5). */
    static ImapCommand.Replace replace(Cursor cursor, boolean uid) throws SyntaxException {
        cursor.sp();
        SequenceSet number = SequenceSetParser.sequenceSet(cursor);
        if (number.ranges().size() != 1 || number.ranges().getFirst().from() != number.ranges().getFirst().to()) {
            throw new SyntaxException("Expected one message");
        }
        cursor.sp();
        MailboxName mailbox = new MailboxName(cursor.mailbox());
        return new ImapCommand.Replace(uid, number, mailbox, new AppendArguments(cursor, cursor.utf8Names()));
    }

    /**
     * Whether the literal announced at the end of {@code octets} is the message of an APPEND or REPLACE, not the name of its mailbox.
     * Where the rest is malformed it is taken for the message too: then nothing of it is kept in memory.
     */
    static boolean announcesMessage(byte[] octets) {
        Cursor cursor = new Cursor(octets);
        try {
            cursor.word(Characters::tag, "a tag");
            cursor.sp();
            if (!cursor.acceptWord("APPEND ")) {
                boolean uid = cursor.acceptWord("UID ");
                if (!cursor.acceptWord("REPLACE ")) {
                    return false;
                }
                cursor.word(octet -> octet > ' ', uid ? "a UID" : "a number");
                cursor.sp();
            }
            cursor.astring();
            return true;
        } catch (SyntaxException _) {
            return false;
        }
    }
}
