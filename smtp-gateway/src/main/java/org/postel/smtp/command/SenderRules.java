package org.postel.smtp.command;

import java.util.Optional;
import org.postel.mail.ReversePath;
import org.postel.smtp.session.Login;
import org.postel.smtp.syntax.Reply;

/** Says who may send as whom. */
@FunctionalInterface
public interface SenderRules {

    /** The refusal, or empty when the client may use this reverse-path. */
    Optional<Reply> refusal(Login login, ReversePath from);
}
