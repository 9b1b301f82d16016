package org.postel.imap.command;

import java.util.Optional;
import org.postel.imap.session.MailboxView;
import org.postel.imap.syntax.ResponseBuffer;

/**
 * {@code search-correlator} of RFC 4466 §2.6.2: to which search an ESEARCH response belongs.
 *
 * @param uid     whether messages are told by their UIDs
 * @param mailbox whose messages are told, for ESEARCH (RFC 7377 §2.1)
 */
record Correlator(String tag, boolean uid, Optional<String> mailbox) {

    /** Of SEARCH and SORT. */
    Correlator(String tag, boolean uid) {
        this(tag, uid, Optional.empty());
    }

    /** The response up to its data. */
    ResponseBuffer begin(ResponseBuffer out, MailboxView view) {
        out.raw("* ESEARCH (TAG ").string(tag);
        mailbox.ifPresent(name -> out.raw(" MAILBOX ").mailbox(name)
                .raw(" UIDVALIDITY ").number(Integer.toUnsignedLong(view.state().header().getUidValidity())));
        return out.raw(uid ? ") UID" : ")");
    }
}
