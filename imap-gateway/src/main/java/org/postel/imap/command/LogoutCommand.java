package org.postel.imap.command;

import java.io.IOException;
import org.postel.imap.session.SessionState;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;

/** LOGOUT, RFC 3501 §6.1.3. */
final class LogoutCommand {

    private LogoutCommand() {
    }

    static Step run(Conversation conversation) throws IOException {
        conversation.untagged(Completion.bye("Logging out"));
        return new Step(new SessionState.Logout(), Completion.ok("LOGOUT completed"));
    }
}
