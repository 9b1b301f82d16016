package org.postel.imap.syntax;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** {@code append = "APPEND" SP mailbox [SP flag-list] [SP date-time] SP literal}, up to the octets of the literal. */
final class AppendParser {

    private AppendParser() {
    }

    static ImapCommand.Append append(Cursor cursor) throws SyntaxException {
        cursor.sp();
        MailboxName mailbox = new MailboxName(cursor.mailbox());
        return rest(cursor, mailbox);
    }

    private static ImapCommand.Append rest(Cursor cursor, MailboxName mailbox) throws SyntaxException {
        cursor.sp();
        List<String> flags = List.of();
        if (cursor.peek() == '(') {
            flags = FlagParser.flagList(cursor);
            cursor.sp();
        }
        Optional<OffsetDateTime> date = Optional.empty();
        if (cursor.peek() == '"') {
            date = Optional.of(DateParser.dateTime(cursor));
            cursor.sp();
        }
        return new ImapCommand.Append(mailbox, flags, date, cursor.literalHeader());
    }

    /**
     * Whether the literal announced at the end of {@code octets} is the message of an APPEND, not the name of its mailbox.
     * Where the rest is malformed it is taken for the message too: then nothing of it is kept in memory.
     */
    static boolean announcesMessage(byte[] octets) {
        Cursor cursor = new Cursor(octets);
        try {
            cursor.word(Characters::tag, "a tag");
            cursor.sp();
            if (!cursor.acceptWord("APPEND ")) {
                return false;
            }
            cursor.astring();
            return true;
        } catch (SyntaxException _) {
            return false;
        }
    }
}
