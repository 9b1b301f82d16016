package org.postel.pop3.command;

import org.jboss.logging.Logger;
import org.postel.pop3.session.Pop3State;
import org.postel.pop3.syntax.Replies;
import org.postel.pop3.syntax.Reply;

/** QUIT after login: UPDATE (RFC 1939 §6). The maildrop is given back before the client hears of it. */
public final class QuitCommand {

    private static final Logger LOG = Logger.getLogger(QuitCommand.class);

    private QuitCommand() {}

    public static Reply quit(Pop3State.Update update, LockedMaildrop maildrop) {
        try (maildrop) {
            if (!update.uids().isEmpty()) {
                maildrop.delete(update.uids());
            }
            return Replies.BYE;
        } catch (BackendUnavailableException | MaildropLostException e) {
            LOG.warnf("%d messages marked as deleted stay: %s", update.uids().size(), e.getMessage());
            return Replies.NOT_DELETED;
        }
    }
}
