package org.postel.imap.syntax;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** {@code getquota / getquotaroot / setquota} (RFC 9208 §7). */
final class QuotaParser {

    private QuotaParser() {
    }

    static ImapCommand.Quota quota(String verb, Cursor cursor) throws SyntaxException {
        cursor.sp();
        return new ImapCommand.Quota(switch (verb) {
            case "GETQUOTA" -> new QuotaCommand.GetQuota(cursor.text());
            case "GETQUOTAROOT" -> new QuotaCommand.GetQuotaRoot(new MailboxName(cursor.mailbox()));
            default -> setQuota(cursor);
        });
    }

    /** {@code "SETQUOTA" SP quota-root-name SP "(" [atom SP number64 *(SP atom SP number64)] ")"}. */
    private static QuotaCommand setQuota(Cursor cursor) throws SyntaxException {
        String root = cursor.text();
        cursor.sp();
        cursor.expect('(');
        Map<String, Long> limits = new HashMap<>();
        boolean first = true;
        while (!cursor.accept(')')) {
            if (!first) {
                cursor.sp();
            }
            first = false;
            String resource = cursor.atom().toUpperCase(Locale.ROOT);
            cursor.sp();
            limits.put(resource, cursor.modSequence());
        }
        return new QuotaCommand.SetQuota(root, limits);
    }
}
