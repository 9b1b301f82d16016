package org.postel.smtp.command;

import org.postel.smtp.session.SmtpState.Addressing;
import org.postel.smtp.syntax.ContentSink;

/** Looks at content while it arrives. */
@FunctionalInterface
public interface Inspector {

    /**
     * Begins with a message.
     *
     * @param out    what is let through goes there
     * @param budget where memory is asked for
     */
    Inspection open(Addressing envelope, Peer peer, ContentSink out, ContentBudget budget);
}
