package org.postel.smtp.command;

import java.util.Optional;
import org.postel.smtp.session.Login;
import org.postel.smtp.syntax.Reply;

/** Says whether who logged in may send one more message. */
@FunctionalInterface
public interface SendingLimits {

    /**
     * Counts the message, unless it is refused.
     *
     * @return the refusal, or empty when it may go on
     */
    Optional<Reply> refusal(Login login, int recipients);
}
