package org.postel.imap.command;

import org.postel.imap.session.SessionState;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;

/** UNAUTHENTICATE, RFC 8437: the decision; the loop goes on with a conversation that knows nothing of this one. */
final class UnauthenticateCommand {

    private UnauthenticateCommand() {
    }

    /**
     * Not under COMPRESS: RFC 8437 §4.1 ends the compressed stream after the command, whose last octet no client marks, so what
     * is compressed could not be told from what comes next.
     */
    static boolean offered(Conversation conversation) {
        return conversation.loggedIn() && conversation.settings().extensions().unauthenticate()
                && !conversation.connection().compressed();
    }

    static Step run(Conversation conversation) throws Refused {
        if (!offered(conversation)) {
            // RFC 8437 §3: never NO.
            throw new Refused(Completion.bad("UNAUTHENTICATE is not offered here"));
        }
        return new Step(new SessionState.NotAuthenticated(), Completion.ok("Logged out"));
    }
}
