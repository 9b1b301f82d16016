package org.postel.imap.command;

import java.util.Optional;
import org.postel.imap.syntax.AppendArguments.Piece;
import org.postel.mailbox.api.v1.AppendStart;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.Replaced;

/**
 * Where messages go.
 *
 * @param replaces the message that goes when the one comes (RFC 8508)
 */
record AppendTarget(Mailbox mailbox, Optional<Replaced> replaces) {

    /** What is known of a message before its octets. */
    AppendStart.Builder start(Piece.Begin begin) {
        AppendStart.Builder start = AppendStart.newBuilder().setMailboxId(mailbox.getId()).addAllFlags(begin.flags());
        replaces.ifPresent(start::setReplaces);
        begin.date().ifPresent(date -> start
                .setInternalDate(date.toInstant().toEpochMilli())
                .setInternalDateZone(date.getOffset().getTotalSeconds() / 60));
        return start;
    }
}
