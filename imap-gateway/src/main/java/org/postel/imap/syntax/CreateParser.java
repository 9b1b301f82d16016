package org.postel.imap.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code create = "CREATE" SP mailbox [SP "(" "USE" SP "(" [use-attr *(SP use-attr)] ")" ")"]} (RFC 6154 §6). */
final class CreateParser {

    private static final int MOST_USES = 10;

    private CreateParser() {
    }

    static ImapCommand.Create create(Cursor cursor) throws SyntaxException {
        cursor.sp();
        String asked = cursor.mailbox();
        MailboxName mailbox = new MailboxName(asked);
        return new ImapCommand.Create(mailbox, uses(cursor), Optional.of(asked).filter(name -> !name.equals(mailbox.text())));
    }

    private static List<String> uses(Cursor cursor) throws SyntaxException {
        if (!cursor.accept(' ')) {
            return List.of();
        }
        cursor.expect('(');
        if (!cursor.acceptWord("USE (")) {
            throw new SyntaxException("Unknown parameter");
        }
        List<String> uses = new ArrayList<>();
        while (!cursor.accept(')')) {
            if (!uses.isEmpty()) {
                cursor.sp();
            }
            cursor.expect('\\');
            uses.add(spelled(cursor.atom()));
            if (uses.size() > MOST_USES) {
                throw new SyntaxException("Too many uses");
            }
        }
        cursor.expect(')');
        return List.copyOf(uses);
    }

    /** RFC 6154 §2 writes them with one capital; in which case they come is nothing. */
    private static String spelled(String use) {
        return "\\" + use.substring(0, 1).toUpperCase(Locale.ROOT) + use.substring(1).toLowerCase(Locale.ROOT);
    }
}
