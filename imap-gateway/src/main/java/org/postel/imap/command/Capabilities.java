package org.postel.imap.command;

import java.util.ArrayList;
import java.util.List;
import org.postel.imap.session.Extension;

/**
 * What is offered, by state: RFC 3501 §6.1.1. docs/rfc.md has a "yes" for each. I18NLEVEL=1 says that SEARCH, SORT and THREAD compare
 * by i;unicode-casemap (RFC 5255 §4.2).
 */
final class Capabilities {

    private static final List<String> ALWAYS = List.of("IMAP4rev1", Extension.IMAP4REV2.wire(), "ID", "SASL-IR", "IDLE",
            "NAMESPACE", "UIDPLUS", "MOVE", "UNSELECT", "SPECIAL-USE", "CHILDREN", "ENABLE", Extension.CONDSTORE.wire(),
            Extension.QRESYNC.wire(), Extension.UIDONLY.wire(),
            "BINARY", "MULTIAPPEND", "CATENATE", "REPLACE", "PREVIEW", Extension.UTF8_ACCEPT.wire(),
            "ESEARCH", "SEARCHRES", "CONTEXT=SEARCH", "MULTISEARCH", "WITHIN", "SAVEDATE", "PARTIAL",
            // RFC 5255 §4.3: texts are compared by i;unicode-casemap, and there is no choice of another comparator.
            "SORT", "SORT=DISPLAY", "ESORT", "THREAD=ORDEREDSUBJECT", "THREAD=REFERENCES", "THREAD=REFS", "I18NLEVEL=1", "INPROGRESS",
            "LIST-EXTENDED", "LIST-STATUS", "CREATE-SPECIAL-USE", "STATUS=SIZE", "OBJECTID",
            "QUOTA", "QUOTA=RES-STORAGE", "QUOTA=RES-MESSAGE",
            "METADATA", "METADATA-SERVER", "LIST-METADATA",
            "ACL", "RIGHTS=texk", "LIST-MYRIGHTS");

    private Capabilities() {
    }

    /** Without {@code CAPABILITY} in front. */
    static String of(Conversation conversation, List<String> mechanisms) {
        List<String> offered = new ArrayList<>(ALWAYS);
        // RFC 7888 §5: never both. Of a stranger no literal is taken that is larger than LITERAL- allows.
        offered.add(conversation.loggedIn() ? "LITERAL+" : "LITERAL-");
        // RFC 7889 §3.1: one limit for all mailboxes.
        offered.add("APPENDLIMIT=" + conversation.settings().message());
        conversation.settings().extensions().messageLimit().ifPresent(most -> offered.add("MESSAGELIMIT=" + most));
        if (conversation.startTlsOffered()) {
            offered.add("STARTTLS");
        }
        if (conversation.loggedIn() && !conversation.connection().compressed()) {
            offered.add("COMPRESS=DEFLATE");
        }
        if (conversation.loggedIn()) {
            // RFC 9208 §4.1.3: SETQUOTA goes with it. Who administers nothing is answered NOPERM.
            offered.add("QUOTASET");
            offered.add("NOTIFY");
        }
        if (UnauthenticateCommand.offered(conversation)) {
            offered.add("UNAUTHENTICATE");
        }
        if (!conversation.loggedIn()) {
            // RFC 3501 §6.2.3: what would be refused is not offered.
            if (!conversation.plaintextAllowed()) {
                offered.add("LOGINDISABLED");
            }
            mechanisms.forEach(mechanism -> offered.add("AUTH=" + mechanism));
        }
        return String.join(" ", offered);
    }
}
